using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Segments;

public static class SegmentRegistration
{
    public static IServiceCollection AddSegments(this IServiceCollection services) => services
        .AddSingleton<SegmentList>()
        .AddSingleton<SegmentDetail>()
        .AddSingleton<AttributeValues>()
        .AddSingleton<SegmentCount>()
        .AddSingleton<SegmentFunnel>()
        .AddSingleton<Membership>()
        .AddSingleton<ExplainMembership>()
        .AddSingleton<SaveSegment>()
        .AddSingleton<FreezeSegment>()
        .AddSingleton<ExportSegment>()
        .AddSingleton<ArchiveSegment>();
}
