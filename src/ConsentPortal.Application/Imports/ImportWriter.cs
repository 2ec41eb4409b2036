using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>Writes the judged rows of one batch in the caller's transaction, without a query for any single row.</summary>
internal sealed class ImportWriter(PortalDbContext db, SubscriberFactory factory, SubjectKeys keys, ImportRun run)
{
    public async Task WriteAsync(IReadOnlyList<(ImportRow Row, RowOutcome Outcome)> rows, KnownPeople people, CancellationToken cancellationToken)
    {
        var consents = new ImportConsents(db, run, await ActivePolicy.AtAsync(db, run.Now, cancellationToken));
        await ForgetOldNamesAsync(rows, people, cancellationToken);
        foreach (var (row, outcome) in rows)
        {
            AddIssue(outcome);
            if (outcome.Class is not (RowClass.New or RowClass.Update))
                continue;
            var person = people.Find(row.Phone!);
            var subscriber = person?.Subscriber ?? Add(row);
            using var key = keys.Unwrap(subscriber.WrappedKey!, subscriber.Id);
            if (person is { Subscriber.IsRestricted: false })
                Change(row, person, key);
            if (person is not { Subscriber.IsRestricted: true })
                WriteAttributes(row, subscriber, person, people);
            consents.Take(row, outcome.Step, subscriber, person, people, key);
        }

        await consents.WriteAsync(cancellationToken);
    }

    private async Task ForgetOldNamesAsync(IReadOnlyList<(ImportRow Row, RowOutcome Outcome)> rows, KnownPeople people, CancellationToken cancellationToken)
    {
        var renamed = rows.Where(r => r.Outcome.Class == RowClass.Update)
            .Select(r => (r.Row, Person: people.Find(r.Row.Phone!)!))
            .Where(r => !r.Person.Subscriber.IsRestricted && RowFacts.Merge(r.Person.Profile, r.Row.Profile) != r.Person.Profile)
            .Select(r => r.Person.Subscriber.Id).ToList();
        if (renamed.Count > 0)
            await db.NameTokens.Where(t => renamed.Contains(t.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
    }

    private Subscriber Add(ImportRow row)
    {
        var subscriber = factory.Add(
            db,
            new NewSubscriber(row.Phone!, row.Phone!.LineType, row.Profile, row.Source.Length > 0 ? row.Source : "Import", row.Language, row.Country, ImportBatchId: run.BatchId),
            run.Now);
        db.Audit(run.Actor, run.Now, new AuditFact("subscriber.imported", "subscriber", subscriber.Id.ToString(), subscriber.Id, After: new Dictionary<string, object?>
        {
            ["phone"] = AuditTrail.Sealed(subscriber.PhoneSealed!), ["profile"] = AuditTrail.Sealed(subscriber.ProfileSealed!), ["region"] = subscriber.Region,
            ["import"] = run.BatchId.ToString(), ["row"] = row.Number,
        }));
        return subscriber;
    }

    private void Change(ImportRow row, KnownPerson person, SubjectKey key)
    {
        var subscriber = person.Subscriber;
        var profile = RowFacts.Merge(person.Profile, row.Profile);
        var (language, country) = (row.Language ?? subscriber.Language, row.Country ?? subscriber.DeclaredRegion);
        if (profile == person.Profile && language == subscriber.Language && country == subscriber.DeclaredRegion)
            return;
        var before = Facts(subscriber);
        (subscriber.Language, subscriber.DeclaredRegion) = (language, country);
        if (profile != person.Profile)
            factory.Rewrite(db, subscriber, key, profile, run.Now);
        else
            (subscriber.UpdatedAt, subscriber.Version) = (run.Now, Guid.CreateVersion7(run.Now));
        db.Audit(run.Actor, run.Now, new AuditFact(
            "subscriber.changed", "subscriber", subscriber.Id.ToString(), subscriber.Id, $"Import, row {row.Number}", before, Facts(subscriber)));
    }

    private void WriteAttributes(ImportRow row, Subscriber subscriber, KnownPerson? person, KnownPeople people)
    {
        foreach (var (attribute, text) in row.Attributes)
        {
            if (!people.Attributes.TryGetValue(attribute, out var definition) || AttributeText.Read(text, definition.Type, run.Now) is not { } value)
                continue;
            if (person?.Attributes.GetValueOrDefault(definition.Id) is { } stored)
                value.WriteTo(stored);
            else
                db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = subscriber.Id, AttributeId = definition.Id, Text = value.Text, Number = value.Number, Date = value.Date });
        }
    }

    private void AddIssue(RowOutcome outcome)
    {
        const int longest = 400;
        if (outcome.Remark is not { } remark)
            return;
        db.ImportIssues.Add(new ImportIssue
        {
            BatchId = run.BatchId, Row = outcome.Row, Class = ImportIssueClass.Of(outcome.Class), Reason = remark.Length > longest ? remark[..longest] : remark, FirstRow = outcome.FirstRow,
        });
    }

    private static Dictionary<string, object?> Facts(Subscriber subscriber) => new()
    {
        ["profile"] = subscriber.ProfileSealed is null ? null : AuditTrail.Sealed(subscriber.ProfileSealed),
        ["language"] = subscriber.Language, ["country"] = subscriber.DeclaredRegion,
    };
}

/// <summary>The names under which classes stand in the database and in files.</summary>
internal static class ImportIssueClass
{
    public static string Of(RowClass kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
