using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// Packs everything that is held about a verified person: data.json with its schema, its lists as tables, a summary to read, the signed papers, and a
/// signed manifest with the hashes of all. Nothing of it stays on the server; the audit trail keeps who made it and the hash of the package.
/// </summary>
public sealed class MakeAccessPackage(PortalDatabase database, SubscriberVault vault, KeyRing ring, TimeProvider clock)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectNullableAnnotations = true,
    };

    internal const string Downloaded = "request.packageDownloaded";

    /// <returns>A zip whose name tells the request, not the person.</returns>
    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        return await MakeAsync(actor, id, new RequestStep(CompleteRequest.PackageMade, "The package of the person's data was made."), cancellationToken);
    }

    /// <summary>The same for the person, who has just proven the number.</summary>
    internal Task<Result<ReportFile>> ForPersonAsync(Actor self, PrivacyRequestId id, CancellationToken cancellationToken) =>
        MakeAsync(self, id, new RequestStep(Downloaded, "The person downloaded the package by its link."), cancellationToken);

    internal static RequestNotReady? Refusal(PrivacyRequest request) =>
        request.Kind is not (PrivacyRequestKind.Access or PrivacyRequestKind.Portability) ? new RequestNotReady("Only a request for access or portability is answered with a package. Nothing was made.")
        : request.Status is not (PrivacyRequestStatus.Verified or PrivacyRequestStatus.Completed) ? new RequestNotReady("Verify the person's identity first: the package would give their data to somebody else. Nothing was made.")
        : null;

    private async Task<Result<ReportFile>> MakeAsync(Actor actor, PrivacyRequestId id, RequestStep step, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (Refusal(request) is { } refusal)
                    return refusal;
                var person = await db.Subscribers.FindAsync([request.SubscriberId], cancellationToken);
                if (CodeProof.Refusal(request, person) is { } anothers)
                    return anothers;
                if (person is null || await PersonRecord.AllOfAsync(db, vault, person, cancellationToken) is not { } records)
                    return new SubscriberNotFound();
                var data = await new PersonDataReader(db, vault, records).ReadAsync(now, cancellationToken);
                var documents = await PersonDocuments.OfAsync(db, vault, person.Id, cancellationToken);
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var number = string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}");
                var head = new ReportHead(
                    "Your data", $"Answer to your request {number}", data.Organisation, actor.Kind == ActorKind.Subscriber ? data.Organisation : actor.Name, now, null, log, ReportTrail.CodeOf("access-package", actor, now, log, [id.ToString()]), Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                var zip = await PackAsync(number, now, [.. Files(data, head), .. documents.Select(d => (d.PackageName, d.File.Bytes)).DistinctBy(d => d.PackageName)], cancellationToken);
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
                RequestChange.Tell(db, actor, request, now, step,
                    new Dictionary<string, object?> { ["sha256"] = sha256, ["bytes"] = zip.Length, ["code"] = head.Code });
                return new ReportFile(zip, $"{number}-data.zip", sha256, head.Code!);
            },
            cancellationToken);
    }

    private static List<(string Name, byte[] Bytes)> Files(PersonData data, ReportHead head) =>
    [
        ("data.json", JsonSerializer.SerializeToUtf8Bytes(data, Json)),
        ("schema.json", Schema()),
        .. AccessTables.Of(data),
        ("summary.pdf", PdfWriter.Write(AccessSummaryDocument.Of(data, head))),
    ];

    private static byte[] Schema()
    {
        var schema = Json.GetJsonSchemaAsNode(typeof(PersonData), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                var described = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
                var text = described.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), inherit: false).OfType<System.ComponentModel.DescriptionAttribute>().FirstOrDefault();
                if (text is not null && node is JsonObject one)
                    one.Insert(0, "description", text.Description);
                return node;
            },
        });
        schema.AsObject().Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return JsonSerializer.SerializeToUtf8Bytes(schema, Json);
    }

    private async Task<byte[]> PackAsync(string number, DateTimeOffset now, List<(string Name, byte[] Bytes)> files, CancellationToken cancellationToken)
    {
        using var zipped = new MemoryStream();
        await using (var pack = new SignedPack(zipped, now, ring))
        {
            foreach (var (name, bytes) in files)
                await pack.AddAsync(name, bytes, cancellationToken);
            await pack.FinishAsync(new JsonObject { ["request"] = number }, Json, cancellationToken);
        }

        return zipped.ToArray();
    }
}
