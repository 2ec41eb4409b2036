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
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// Packs everything that is held about a verified person: data.json with its schema, its lists as tables, a summary to read, the signed papers, and a
/// signed manifest with the hashes of all. It holds what was reviewed before (<see cref="ConfirmPackageReview"/>), with a marker in each place that was withheld.
/// Nothing of it stays on the server; the audit trail keeps who made it and the hash of the package.
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
        return await MakeAsync(actor, id, isForPerson: false, cancellationToken);
    }

    /// <summary>The same for the person, who has just proven the number. With the first time it is handed over.</summary>
    internal Task<Result<ReportFile>> ForPersonAsync(Actor self, PrivacyRequestId id, CancellationToken cancellationToken) => MakeAsync(self, id, isForPerson: true, cancellationToken);

    internal static RequestNotReady? Refusal(PrivacyRequest request) =>
        request.Kind is not (PrivacyRequestKind.Access or PrivacyRequestKind.Portability) ? new RequestNotReady("Only a request for access or portability is answered with a package. Nothing was made.")
        : request.Status is not (PrivacyRequestStatus.Verified or PrivacyRequestStatus.Replying or PrivacyRequestStatus.Completed) ? new RequestNotReady("Verify the person's identity first: the package would give their data to somebody else. Nothing was made.")
        : null;

    private async Task<Result<ReportFile>> MakeAsync(Actor actor, PrivacyRequestId id, bool isForPerson, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                if (!(await PackageSubject.FindAsync(db, vault, id, cancellationToken)).TryGet(out var subject, out var refused))
                    return refused;
                if (await db.PackageReviews.FindAsync([id], cancellationToken) is not { ConfirmedAt: not null } review)
                    return new PackageNotReviewed();
                var request = subject.Request;
                var collected = await CollectedPackage.OfAsync(db, vault, subject, review, now, cancellationToken);
                var data = collected.Shown;
                var released = data.Documents.Select(d => d.File).ToHashSet(StringComparer.Ordinal);
                var documents = (await PersonDocuments.OfAsync(db, vault, subject.Person.Id, cancellationToken)).Where(d => released.Contains(d.PackageName));
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var number = string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}");
                var head = new ReportHead(
                    "Your data", $"Answer to your request {number}", data.Organisation, actor.Kind == ActorKind.Subscriber || !collected.MayName(actor.Name) ? data.Organisation : actor.Name, now, null, log, ReportTrail.CodeOf("access-package", actor, now, log, [id.ToString()]), Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                var manifest = new JsonObject
                {
                    ["request"] = number, ["asOf"] = review.CollectedAt, ["withheld"] = JsonSerializer.SerializeToNode(data.Withheld, Json), ["later"] = collected.Later,
                };
                var zip = await PackAsync(manifest, now, [.. Files(data, head), .. documents.Select(d => (d.PackageName, d.File.Bytes)).DistinctBy(d => d.PackageName)], cancellationToken);
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
                var about = collected.Counts(new() { ["sha256"] = sha256, ["bytes"] = zip.Length, ["code"] = head.Code });
                var step = new RequestStep(CompleteRequest.PackageMade, "The package of the person's data was made.");
                if (isForPerson)
                {
                    var time = (await PackageTrail.OfAsync(db, id, cancellationToken)).Downloads + 1;
                    about["download"] = time;
                    step = new RequestStep(Downloaded, time == 1 ? "Handed over: the person downloaded the package by its link." : string.Create(CultureInfo.InvariantCulture, $"The person downloaded the package again, {time} times now."));
                }

                RequestChange.Tell(db, actor, request, now, step, about);
                if (isForPerson && request.Reply(now).IsSuccess)
                    RequestChange.Tell(db, actor, request, now, new RequestStep("request.completed", "Completed: the package that the person fetched is the answer."));
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

    private async Task<byte[]> PackAsync(JsonObject about, DateTimeOffset now, List<(string Name, byte[] Bytes)> files, CancellationToken cancellationToken)
    {
        using var zipped = new MemoryStream();
        await using (var pack = new SignedPack(zipped, now, ring))
        {
            foreach (var (name, bytes) in files)
                await pack.AddAsync(name, bytes, cancellationToken);
            await pack.FinishAsync(about, Json, cancellationToken);
        }

        return zipped.ToArray();
    }
}
