using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>Makes of judged rows what they write; touches no database, so most of it happens before the write lock is taken.</summary>
internal sealed class ImportRowMaker(SubscriberFactory factory, SubjectKeys keys, ImportRun run)
{
    /// <param name="people">Tracked by the context that saves them, where rows change somebody.</param>
    public ImportedRows Make(IReadOnlyList<(ImportRow Row, RowOutcome Outcome)> judged, KnownPeople people)
    {
        var rows = new ImportedRows();
        var consents = new ImportConsents(run, rows);
        foreach (var (row, outcome) in judged)
        {
            AddIssue(outcome, rows);
            if (outcome.Class == RowClass.New)
                Add(row, outcome, people, rows, consents);
            else if (outcome.Class == RowClass.Update)
                Change(row, outcome, people, rows, consents);
            else if (outcome.Step == ConsentStep.Withdraw)
                consents.StopStranger(row, people.HashOf(row.Phone!));
        }

        return rows;
    }

    private void Add(ImportRow row, RowOutcome outcome, KnownPeople people, ImportedRows rows, ImportConsents consents)
    {
        using var made = factory.Make(
            new NewSubscriber(row.Phone!, row.Phone!.LineType, row.Profile, row.Source.Length > 0 ? row.Source : "Import", row.Language, row.Country, ImportBatchId: run.BatchId),
            people.HashOf(row.Phone!), run.Now);
        var subscriber = made.Subscriber;
        rows.Add(made);
        var entry = new ImportEntry(run, row, subscriber);
        entry.Say(
            "subscriber.imported",
            ("phone", AuditTrail.Sealed(subscriber.PhoneSealed!)), ("profile", AuditTrail.Sealed(subscriber.ProfileSealed!)), ("region", subscriber.Region));
        foreach (var (definition, value) in Values(row, people))
            rows.Attributes.Add(new SubscriberAttribute { SubscriberId = subscriber.Id, AttributeId = definition.Id, Text = value.Text, Number = value.Number, Date = value.Date });
        consents.Take(row, outcome.Step, subscriber, null, people, made.Key, entry);
        rows.Entries.Add(entry.Made());
    }

    private void Change(ImportRow row, RowOutcome outcome, KnownPeople people, ImportedRows rows, ImportConsents consents)
    {
        var person = people.Find(row.Phone!)!;
        using var key = keys.Unwrap(person.Subscriber.WrappedKey!, person.Subscriber.Id);
        if (!person.Subscriber.IsRestricted)
        {
            ChangeProfile(row, person, rows, key);
            ChangeAttributes(row, person, people, rows, key);
        }

        var entry = new ImportEntry(run, row, person.Subscriber);
        consents.Take(row, outcome.Step, person.Subscriber, person, people, key, entry);
        if (entry.SaysSomething)
            rows.Entries.Add(entry.Made());
    }

    private void ChangeProfile(ImportRow row, KnownPerson person, ImportedRows rows, SubjectKey key)
    {
        var (subscriber, known) = (person.Subscriber, person.Profile);
        var profile = RowFacts.Merge(known, row.Profile);
        var (language, country) = (row.Language ?? subscriber.Language, row.Country ?? subscriber.DeclaredRegion);
        if (profile == known && language == subscriber.Language && country == subscriber.DeclaredRegion)
            return;
        var before = Facts(subscriber);
        Remember(ColumnMap.FirstName, known.FirstName, profile.FirstName);
        Remember(ColumnMap.LastName, known.LastName, profile.LastName);
        Remember(ColumnMap.ExternalId, known.ExternalId, profile.ExternalId);
        Remember(ColumnMap.Language, subscriber.Language, language);
        Remember(ColumnMap.Country, subscriber.DeclaredRegion, country);
        (subscriber.Language, subscriber.DeclaredRegion) = (language, country);
        if (profile != known)
        {
            rows.FormerWords.AddRange(factory.NameWords(subscriber.Id, known));
            rows.Words.AddRange(factory.Reseal(subscriber, key, profile, run.Now));
        }
        else
        {
            (subscriber.UpdatedAt, subscriber.Version) = (run.Now, Guid.CreateVersion7(run.Now));
        }

        rows.Entries.Add(AuditTrail.Entry(run.Actor, run.Now, new AuditFact(
            "subscriber.changed", "subscriber", subscriber.Id.ToString(), subscriber.Id, $"Import, row {row.Number}", before, Facts(subscriber), run.Policy.Number)));

        void Remember(string field, string? was, string? becomes)
        {
            if (was != becomes)
                rows.Changes.Add(ImportChange.Of(run.BatchId, row.Number, subscriber.Id, field, was, becomes!, key));
        }
    }

    private void ChangeAttributes(ImportRow row, KnownPerson person, KnownPeople people, ImportedRows rows, SubjectKey key)
    {
        foreach (var (definition, value) in Values(row, people))
        {
            var stored = person.Attributes.GetValueOrDefault(definition.Id);
            if (value.Equals(stored))
                continue;
            rows.Changes.Add(ImportChange.Of(
                run.BatchId, row.Number, person.Subscriber.Id, ColumnMap.AttributePrefix + definition.Name, AttributeText.Of(stored)?.ToString(), value.ToString(), key));
            if (stored is not null)
                value.WriteTo(stored);
            else
                rows.Attributes.Add(new SubscriberAttribute { SubscriberId = person.Subscriber.Id, AttributeId = definition.Id, Text = value.Text, Number = value.Number, Date = value.Date });
        }
    }

    private IEnumerable<(AttributeDefinition Definition, AttributeText Value)> Values(ImportRow row, KnownPeople people)
    {
        foreach (var (attribute, text) in row.Attributes)
        {
            if (people.Attributes.TryGetValue(attribute, out var definition) && AttributeText.Read(text, definition.Type) is { } value)
                yield return (definition, value);
        }
    }

    private void AddIssue(RowOutcome outcome, ImportedRows rows)
    {
        const int longest = 400;
        if (outcome.Remark is not { } remark)
            return;
        rows.Issues.Add(new ImportIssue
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
