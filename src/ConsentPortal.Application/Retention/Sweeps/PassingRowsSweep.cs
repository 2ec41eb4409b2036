using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>Answers that programs could still ask for.</summary>
internal sealed class ApiAnswersSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.ApiAnswers;

    public override Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        return scope.Db.IdempotentAnswers.LongCountAsync(a => a.At < cutOff, cancellationToken);
    }

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        var rows = await scope.Db.IdempotentAnswers.AsNoTracking().Where(a => a.At < cutOff).OrderBy(a => a.At).Take(Sampled).Select(a => new { a.Status, a.At }).ToListAsync(cancellationToken);
        return [.. rows.Select(a => new RetentionSample($"Status {a.Status}", a.At))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        return new SweepStep(await scope.Db.IdempotentAnswers.Where(a => a.At < cutOff).ExecuteDeleteAsync(cancellationToken), after, HasMore: false);
    }
}

/// <summary>Codes that are long out of use.</summary>
internal sealed class OneTimeCodesSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.OneTimeCodes;

    public override Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        return scope.Db.OneTimeCodes.LongCountAsync(c => c.CreatedAt < cutOff, cancellationToken);
    }

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        var rows = await scope.Db.OneTimeCodes.AsNoTracking().Where(c => c.CreatedAt < cutOff).OrderBy(c => c.CreatedAt).Take(Sampled).Select(c => new { c.UsedAt, c.CreatedAt }).ToListAsync(cancellationToken);
        return [.. rows.Select(c => new RetentionSample(c.UsedAt is null ? "Code, not used" : "Code, used", c.CreatedAt))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var cutOff = scope.CutOff(Class);
        return new SweepStep(await scope.Db.OneTimeCodes.Where(c => c.CreatedAt < cutOff).ExecuteDeleteAsync(cancellationToken), after, HasMore: false);
    }
}
