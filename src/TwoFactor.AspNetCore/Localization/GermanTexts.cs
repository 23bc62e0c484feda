namespace TwoFactor.AspNetCore.Localization;

/// <summary>The texts in German.</summary>
internal static class GermanTexts
{
    public const string AppEntryRemains = "Der Eintrag in Ihrer Authenticator-App ist noch da und funktioniert nicht mehr. Löschen Sie ihn in der App.";

    public static readonly Dictionary<string, ProblemText> Problems = new(StringComparer.Ordinal)
    {
        ["unauthenticated"] = new("Nicht angemeldet", "Sie sind nicht angemeldet, oder Ihre Sitzung ist beendet. Melden Sie sich erneut an."),
        ["no_pending_sign_in"] = new("Keine Anmeldung wartet darauf", "Es gibt keine Anmeldung, die auf diesen Schritt wartet, oder sie ist beendet. Melden Sie sich erneut an."),
        ["antiforgery_invalid"] = new("Nicht von dieser Anwendung gesendet", "Der Anfrage fehlt ein gültiges Antiforgery-Token. Laden Sie die Seite neu und versuchen Sie es noch einmal."),
        ["rate_limited"] = new("Zu viele Anfragen", "Es kamen zu viele Anfragen in kurzer Zeit. Warten Sie einen Moment und versuchen Sie es dann noch einmal."),
        ["unsupported_media_type"] = new("Kein JSON", "Der Inhalt der Anfrage muss application/json in UTF-8 sein."),
        ["body_missing"] = new("Nichts gesendet", "Die Anfrage braucht einen Inhalt."),
        ["body_too_large"] = new("Zu viel gesendet", "Der Inhalt der Anfrage ist größer, als dieser Aufruf annimmt."),
        ["body_unreadable"] = new("Nicht vollständig gesendet", "Der Inhalt der Anfrage kam nicht vollständig an."),
        ["json_malformed"] = new("Fehlerhaftes JSON", "Der Inhalt der Anfrage ist kein wohlgeformtes JSON oder nennt ein Element zweimal."),
        ["body_invalid"] = new("Die Anfrage passt nicht", "Dem Inhalt der Anfrage fehlt ein Element, oder eines ist überzählig oder vom falschen Typ."),
        ["parameter_invalid"] = new("Ein Parameter passt nicht", "Ein Parameter der Adresse ist unbekannt, doppelt, fehlt oder liegt außerhalb des Erlaubten."),
        ["code_malformed"] = new("Kein Code", "Das kann kein Code sein. Prüfen Sie auf Tippfehler; der Versuch wurde nicht gezählt."),
        ["code_wrong"] = new("Falscher Code", "Der Code stimmt nicht. Geben Sie den Code ein, den die App jetzt zeigt, und prüfen Sie, ob das Gerät seine Uhr automatisch stellt."),
        ["code_replayed"] = new("Code schon verwendet", "Der Code wurde schon verwendet. Warten Sie auf den nächsten; der Versuch wurde nicht gezählt."),
        ["start_over"] = new("Zu viele falsche Codes", "Es waren zu viele falsche Codes. Beginnen Sie die Anmeldung von vorn."),
        ["locked_out"] = new("Konto gesperrt", "Das Konto ist nach zu vielen falschen Versuchen gesperrt. Warten Sie das Ende der Sperre ab oder wenden Sie sich an die Administration."),
        ["busy"] = new("Ausgelastet", "Gerade werden zu viele Codes geprüft. Versuchen Sie es gleich noch einmal; der Versuch wurde nicht gezählt."),
        ["contended"] = new("Ausgelastet", "Andere Anfragen waren schneller. Versuchen Sie es gleich noch einmal; nichts wurde geändert."),
        ["factor_unavailable"] = new("Codes sind nicht prüfbar", "Ihre Codes können zurzeit nicht geprüft werden. Wenden Sie sich an die Administration; der Versuch wurde nicht gezählt."),
        ["clock_moved_back"] = new("Die Uhr des Servers geht falsch", "Codes können nicht geprüft werden, weil die Uhr des Servers falsch geht. Wenden Sie sich an die Administration; der Versuch wurde nicht gezählt."),
        ["region_refused"] = new("Das Konto ist hier gerade nicht verfügbar", "Das Konto wird in eine andere Region verlegt oder ist nicht dort, wo es sein soll. Versuchen Sie es gleich noch einmal oder wenden Sie sich an die Administration; es wurde nichts gezählt."),
        ["sign_in_void"] = new("Die Anmeldung ist beendet", "Diese Anmeldung ist abgelaufen oder wurde beendet. Melden Sie sich erneut an."),
        ["enrollment_not_pending"] = new("Nichts zu bestätigen", "Diese Einrichtung ist abgelaufen, schon bestätigt, oder es wurde inzwischen eine andere begonnen. Beginnen Sie von vorn."),
        ["account_name_invalid"] = new("Name nicht verwendbar", "Authenticator-Apps können den Namen dieses Kontos nicht anzeigen. Wenden Sie sich an die Administration."),
        ["step_up_required"] = new("Bestätigen Sie, dass Sie es sind", "Dafür muss vor Kurzem ein Code eingegeben worden sein. Geben Sie einen Code ein und versuchen Sie es noch einmal."),
        ["not_enrolled"] = new("Kein Authenticator", "Es ist kein Authenticator eingerichtet."),
        ["device_not_found"] = new("Kein solches Gerät", "Es gibt kein solches vertrautes Gerät; vielleicht wurde es schon entfernt."),
        ["not_authorized"] = new("Nicht erlaubt", "Sie dürfen das nicht. Der Versuch wurde aufgezeichnet."),
        ["self_administration"] = new("Nicht für sich selbst", "Niemand tut dies für sich selbst. Bitten Sie eine andere Person mit Administrationsrecht. Der Versuch wurde aufgezeichnet."),
        ["other_organization"] = new("Nicht in Ihrer Organisation", "Dieses Konto gehört nicht zur Organisation. Der Versuch wurde aufgezeichnet."),
        ["shared_user"] = new("Mit anderen geteilt", "Andere Organisationen teilen den Authenticator dieses Kontos. Bitten Sie jemanden, der alle verwaltet. Der Versuch wurde aufgezeichnet."),
        ["no_second_factor"] = new("Richten Sie zuerst Ihren eigenen ein", "Richten Sie zuerst für sich selbst die Zwei-Faktor-Authentisierung ein; danach können Sie andere Konten verwalten. Der Versuch wurde aufgezeichnet."),
        ["value_invalid"] = new("Ein Wert passt nicht", "Ein Wert fehlt oder liegt außerhalb des Erlaubten. Nichts wurde geändert."),
        ["reset_needed"] = new("Nur Zurücksetzen hilft", "Zu viele falsche Codes haben den Authenticator abgeschaltet. Entsperren hilft nicht; setzen Sie ihn zurück."),
        ["user_not_found"] = new("Kein solches Konto", "Die Organisation hat kein solches Konto."),
        ["policy_invalid"] = new("Die Richtlinie hat Fehler", "Die Richtlinie hat Fehler. Nichts wurde geändert."),
        ["policy_conflict"] = new("Inzwischen geändert", "Jemand hat die Richtlinie geändert, seit Sie sie gelesen haben. Nichts wurde geändert; lesen Sie sie neu."),
        ["members_use_two_factor"] = new("Mitglieder nutzen zwei Faktoren", "Single Sign-on kann den zweiten Faktor nicht ausschließen, solange Mitglieder einen nutzen. Nichts wurde geändert."),
        ["no_administrator_left"] = new("Niemand könnte mehr verwalten", "Mit dieser Richtlinie könnte sich niemand mit Administrationsrecht mehr anmelden. Zuerst muss jemand davon einen Authenticator einrichten. Nichts wurde geändert."),
    };
}
