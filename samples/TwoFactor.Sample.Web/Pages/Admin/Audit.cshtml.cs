using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Organizations;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>What happened, newest first, and the check that nothing of it was changed afterwards.</summary>
public sealed class AuditModel(TenantDirectory tenants, UserDirectory users, AuditService audit, IMembershipSource members) : AdminPage(tenants)
{
    public const int PageSize = 25;

    [BindProperty(SupportsGet = true)]
    public string? Event { get; set; }

    /// <summary>A user's e-mail address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public ImmutableArray<AuditEvent> Events { get; private set; } = [];

    public string? Next { get; private set; }

    public bool IsFiltered => new[] { Event, Email, From, Until }.Any(text => !string.IsNullOrEmpty(text));

    public ImmutableDictionary<string, string> Names { get; private set; } = ImmutableDictionary<string, string>.Empty;

    public Notice? Notice { get; private set; }

    public IEnumerable<SelectListItem> EventOptions =>
        [new("All events", ""), .. AuditText.All.Select(pair => new SelectListItem(pair.Words, pair.Name))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var query = new AuditQuery
        {
            Names = string.IsNullOrEmpty(Event) ? [] : [Event],
            From = ReadDay(From, nameof(From)),
            Until = ReadDay(Until, nameof(Until))?.AddDays(1),
            PageSize = PageSize,
            After = AuditCursor.TryParse(After),
        };
        if (!string.IsNullOrWhiteSpace(Email))
        {
            var user = await users.FindByEmailAsync(Email, cancellationToken);
            if (user is not null && await BelongsAsync(user.UserId, cancellationToken)) query = query with { Subject = user.UserId };
            else ModelState.AddModelError(nameof(Email), $"Nobody of {Organization.Name} has this address.");
        }

        if (await audit.QueryAsync(Me.UserId, OrganizationId, query, cancellationToken) is not AuditResult.Found found) return Forbidden();
        if (!ModelState.IsValid) return Page();
        (Events, Next) = (found.Page.Events, found.Page.Next?.ToString());
        Names = await users.NamesAsync(Events.SelectMany(e => (string?[])[e.Actor, e.Subject?.Value]).OfType<string>(), cancellationToken);
        return Page();
    }

    /// <summary>Checks the organisation's own chain and that of each member.</summary>
    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken cancellationToken)
    {
        if (await audit.VerifyAsync(Me.UserId, OrganizationId, cancellationToken) is not AuditResult.Checked own) return Forbidden();
        var (chains, events, broken) = (1, own.Length, own.BrokenAt is { } at ? $"{Organization.Name}, event {at}" : null);
        await foreach (var member in members.GetMembersAsync(OrganizationId, cancellationToken))
        {
            if (await audit.VerifyAsync(Me.UserId, OrganizationId, member.UserId, cancellationToken) is not AuditResult.Checked check) continue;
            chains++;
            events += check.Length;
            if (check.BrokenAt is not { } place || broken is not null) continue;
            broken = $"{(await users.FindAsync(member.UserId, cancellationToken))?.Name ?? member.UserId.Value}, event {place}";
        }

        var result = await OnGetAsync(cancellationToken);
        Notice = broken is null
            ? new(
                NoticeKind.Success,
                "The audit log is whole",
                $"{Durations.Counted(events, "event")} in {Durations.Counted(chains, "chain")} checked: none was changed, removed or reordered.")
            : new(NoticeKind.Error, "The audit log was tampered with", $"First break: {broken}.");
        return result;
    }

    public string NameOf(string? id) => id is null ? "" : Names.GetValueOrDefault(id, id == Organization.Id ? Organization.Name : id);

    public string? PageUrl(string? after) => Url.Page("Audit", new { tenant = TenantId, Event, Email, From, Until, after });

    private async Task<bool> BelongsAsync(UserId user, CancellationToken cancellationToken) =>
        (await members.GetMembershipsAsync(user, cancellationToken)).Any(membership => membership.OrganizationId == OrganizationId);

    private DateTimeOffset? ReadDay(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            && day.Year is > 1970 and < 9999) return day;
        ModelState.AddModelError(field, "Enter a day.");
        return null;
    }
}
