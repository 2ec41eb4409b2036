using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// What staff can find a person by: a keyed hash of one folded word of the name, of its first three letters, or of the last
/// four digits of the number. The database can't read it.
/// </summary>
public sealed class SearchWord
{
    /// <summary>The <see cref="SearchRun"/> in which it lies.</summary>
    public int Run { get; set; } = SearchRun.OfSinglePeople;

    public required long Hash { get; init; }

    public required SubscriberId SubscriberId { get; init; }
}

/// <summary>
/// A part of the words that is sorted in itself. Hashes fall anywhere, so among the words of a million people those of ten
/// thousand more would touch nearly every page; an import therefore lays each ten thousand down as a run of their own, at the
/// end, and a search asks one run after the other (a log-structured index: O'Neil et al., The log-structured merge-tree, 1996).
/// </summary>
public sealed class SearchRun
{
    /// <summary>The run of all who are added, renamed or given another number one at a time.</summary>
    public const int OfSinglePeople = 1;

    public int Number { get; init; }
}

internal sealed class SearchWordMapping : IEntityTypeConfiguration<SearchWord>, IEntityTypeConfiguration<SearchRun>
{
    public void Configure(EntityTypeBuilder<SearchWord> builder)
    {
        builder.ToTable("SearchWords");
        // Five rows a person, so the key is all that there is, in the order in which a search asks. Without an index by person a
        // foreign key would make each deletion of a person read the whole table; whoever takes the words away knows them.
        builder.HasKey(w => new { w.Run, w.Hash, w.SubscriberId });
    }

    public void Configure(EntityTypeBuilder<SearchRun> builder)
    {
        builder.ToTable("SearchRuns");
        builder.HasKey(r => r.Number);
        builder.HasData(new SearchRun { Number = SearchRun.OfSinglePeople });
    }
}
