using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Segments;

public static class SegmentRegistration
{
    public static IServiceCollection AddSegments(this IServiceCollection services) => services
        .AddSingleton<SegmentList>()
        .AddSingleton<SegmentDetail>()
        .AddSingleton<AttributeValues>()
        .AddSingleton<SegmentCount>()
        .AddSingleton<SegmentCountries>()
        .AddSingleton<SegmentFunnel>()
        .AddSingleton<Membership>()
        .AddSingleton<ExplainMembership>()
        .AddSingleton<SaveSegment>()
        .AddSingleton<FreezeSegment>()
        .AddSingleton<ClearUnfinishedLists>()
        .AddSingleton<ExportSegment>()
        .AddSingleton<ArchiveSegment>();
}
