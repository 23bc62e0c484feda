CREATE TABLE "two_factor_accounts" (
    "user_id" TEXT NOT NULL CONSTRAINT "PK_two_factor_accounts" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "enrolled" INTEGER NOT NULL,
    "locked_until" INTEGER NOT NULL,
    "pending_until" INTEGER NOT NULL,
    "previous_sign_in" INTEGER NOT NULL,
    "data" BLOB NOT NULL
);

CREATE TABLE "two_factor_audit_events" (
    "position" INTEGER NOT NULL CONSTRAINT "PK_two_factor_audit_events" PRIMARY KEY AUTOINCREMENT,
    "chain" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "occurred_at" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "subject" TEXT NULL,
    "organization" TEXT NULL,
    "mfa_factor_type" INTEGER NULL,
    "details" TEXT NOT NULL,
    "previous_hash" BLOB NOT NULL,
    "hash" BLOB NOT NULL
);

CREATE TABLE "two_factor_audit_positions" (
    "sink" TEXT NOT NULL CONSTRAINT "PK_two_factor_audit_positions" PRIMARY KEY,
    "position" INTEGER NOT NULL
);

CREATE TABLE "two_factor_directory_users" (
    "user_id" TEXT NOT NULL CONSTRAINT "PK_two_factor_directory_users" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "email" TEXT NOT NULL
);

CREATE TABLE "two_factor_member_groups" (
    "organization" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,
    CONSTRAINT "PK_two_factor_member_groups" PRIMARY KEY ("organization", "user_id", "group")
);

CREATE TABLE "two_factor_members" (
    "organization" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "identity_provider" TEXT NULL,
    "subject_since" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,
    "grouped" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "enrolled" INTEGER NOT NULL,
    "locked_until" INTEGER NOT NULL,
    "pending_until" INTEGER NOT NULL,
    "previous_sign_in" INTEGER NOT NULL,
    CONSTRAINT "PK_two_factor_members" PRIMARY KEY ("organization", "user_id")
);

CREATE TABLE "two_factor_organizations" (
    "id" TEXT NOT NULL CONSTRAINT "PK_two_factor_organizations" PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "data" BLOB NOT NULL
);

CREATE TABLE "two_factor_schema" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_two_factor_schema" PRIMARY KEY,
    "version" INTEGER NOT NULL
);

CREATE TABLE "two_factor_user_words" (
    "word" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "PK_two_factor_user_words" PRIMARY KEY ("word", "user_id")
);

INSERT INTO "two_factor_schema" ("id", "version")
VALUES (1, 2);
SELECT changes();


CREATE UNIQUE INDEX "IX_two_factor_audit_events_chain_sequence" ON "two_factor_audit_events" ("chain", "sequence");

CREATE INDEX "IX_two_factor_audit_events_occurred_at_chain_sequence" ON "two_factor_audit_events" ("occurred_at", "chain", "sequence");

CREATE INDEX "IX_two_factor_audit_events_organization_occurred_at" ON "two_factor_audit_events" ("organization", "occurred_at");

CREATE INDEX "IX_two_factor_audit_events_subject_occurred_at" ON "two_factor_audit_events" ("subject", "occurred_at");

CREATE INDEX "IX_two_factor_members_organization_active_enrolled_name_folded_user_id" ON "two_factor_members" ("organization", "active", "enrolled", "name_folded", "user_id");

CREATE INDEX "IX_two_factor_members_organization_active_enrolled_previous_sign_in_user_id" ON "two_factor_members" ("organization", "active", "enrolled", "previous_sign_in", "user_id");

CREATE INDEX "IX_two_factor_members_organization_active_enrolled_user_id" ON "two_factor_members" ("organization", "active", "enrolled", "user_id");

CREATE INDEX "IX_two_factor_members_organization_active_locked_until_user_id_name_folded" ON "two_factor_members" ("organization", "active", "locked_until", "user_id", "name_folded");

CREATE INDEX "IX_two_factor_members_organization_active_pending_until" ON "two_factor_members" ("organization", "active", "pending_until");

CREATE INDEX "IX_two_factor_members_user_id" ON "two_factor_members" ("user_id");
