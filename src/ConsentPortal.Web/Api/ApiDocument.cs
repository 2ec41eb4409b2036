using ConsentPortal.Application.Staff;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ConsentPortal.Web.Api;

/// <summary>The OpenAPI document: what the endpoints say of themselves, with how a program proves who it is.</summary>
internal static class ApiDocument
{
    private const string Scheme = "apiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) => DescribeDocument(document));
        options.AddOperationTransformer((operation, context, _) => DescribeOperation(operation, context));
        options.AddSchemaTransformer((schema, context, _) => DescribeInstants(schema, context));
    }

    private static Task DescribeDocument(OpenApiDocument document)
    {
        document.Info.Title = "ConsentPortal";
        document.Info.Version = "v1";
        document.Info.Description = "Hands consents and stops to the portal, asks where a number stands, and has single people texted about something of their own. Errors are problem documents (RFC 9457) with a sentence, and one per property where properties are wrong. "
            + "Properties that the API does not know are refused. Phone numbers travel in bodies only.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "cp_…",
            Description = $"An API key. Its scopes: {string.Join("; ", ApiKeyScopes.All.Select(scope => $"{scope.Permission} ({scope.Sentence})"))}.",
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiScope>().FirstOrDefault() is { } scope)
        {
            operation.Description = $"{operation.Description} Needs the scope {scope.Permission}.";
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }

        if (metadata.OfType<Repeatable>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Repeatable.Header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 100 },
                Description = "The program's own name for this request. Repeated within 24 hours with the same body, it gets the same answer with Idempotent-Replayed: true, and nothing is done twice; with another body it is refused.",
            });
        }

        return Task.CompletedTask;
    }

    // Their reader is the portal's own, of which the generator knows nothing.
    private static Task DescribeInstants(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonPropertyInfo?.PropertyType;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        return Task.CompletedTask;
    }
}
