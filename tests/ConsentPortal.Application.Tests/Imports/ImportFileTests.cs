using System.Text;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class ImportFileTests
{
    private const long Largest = 1 << 20;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_list_is_read_in_the_encoding_that_its_mark_says(string encoding)
    {
        using var list = new ListFile("Mobile;Näme\n+12125552368;Zoë\n", Encoding.GetEncoding(encoding));

        var file = (await OpenAsync(list)).Value;

        Assert.Equal(("Mobile", "Näme", ';', 1), (file.Headers[0], file.Headers[1], file.Delimiter, file.Rows));
    }

    [Fact]
    public async Task UTF_16_without_a_mark_is_recognised() =>
        Assert.Equal(["Mobile", "Name"], (await OpenAsync(new ListFile(Encoding.Unicode.GetBytes("Mobile\tName\n+12125552368\tZoë\n")))).Value.Headers);

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_read_as_Windows_1252()
    {
        using var list = new ListFile(Encoding.Latin1.GetBytes("Mobile,Prénom\n+12125552368,Zoë\n"));

        Assert.Equal("Prénom", (await OpenAsync(list)).Value.Headers[1]);
    }

    [Fact]
    public async Task A_character_on_the_border_of_two_blocks_does_not_make_UTF_8_look_like_something_else()
    {
        var text = "Mobile,Name\n" + string.Concat(Enumerable.Repeat("+12125552368,Zoë Łukasz 李\n", 12_000));
        using var list = new ListFile(text, new UTF8Encoding(false));

        Assert.Equal("utf-8", (await OpenAsync(list)).Value.EncodingName);
    }

    [Fact]
    public async Task An_empty_file_is_refused() => await RefusesAsync<ImportFileEmpty>([]);

    [Fact]
    public async Task A_file_of_nothing_but_blank_lines_is_refused() => await RefusesAsync<ImportFileEmpty>("\r\n\r\n  \n"u8.ToArray());

    [Fact]
    public async Task A_file_with_only_a_header_is_refused() => await RefusesAsync<ImportFileHasOnlyHeader>("Mobile,Name\n"u8.ToArray());

    [Fact]
    public async Task A_workbook_is_refused_with_what_to_do() => await RefusesAsync<ImportFileIsWorkbook>([.. "PK\u0003\u0004"u8, 20, 0, 6, 0, 8, 0, 0, 0]);

    [Fact]
    public async Task A_binary_file_is_refused() => await RefusesAsync<ImportFileIsBinary>([1, 2, 3, 0, 200, 13, 7, 9, 65, 66, 67, 255, 254, 1, 2, 3]);

    [Fact]
    public async Task A_missing_file_is_refused() =>
        Assert.IsType<ImportFileMissing>((await ImportFile.OpenAsync("/nowhere/people.csv", "people.csv", Largest, default)).Failure);

    [Fact]
    public async Task A_file_over_the_limit_is_refused_without_being_read()
    {
        using var list = new ListFile("Mobile\n+12125552368\n");

        var refused = Assert.IsType<ImportFileTooLarge>((await ImportFile.OpenAsync(list.Path, "people.csv", 10, default)).Failure);
        Assert.Contains("Imports:LargestFile", refused.Message);
    }

    [Theory]
    [InlineData("\"Zoë")]
    [InlineData("\"Zoë\" x")]
    [InlineData("Zo\"ë")]
    public async Task A_broken_quotation_mark_names_its_row(string broken)
    {
        var rows = Enumerable.Range(2, 20).Select(row => row == 7 ? $"+12125552368,{broken}" : "+12125552368,Ann");
        using var list = new ListFile("Mobile,Name\n" + string.Join('\n', rows) + "\n", new UTF8Encoding(false));

        var refused = Assert.IsType<ImportFileBroken>((await OpenAsync(list)).Failure);
        Assert.Equal(7, refused.Row);
    }

    [Fact]
    public async Task A_quotation_mark_that_opens_in_the_last_row_names_it_too()
    {
        using var list = new ListFile("Mobile,Name\n+12125552368,Ann\n+12125552369,\"Bo\n");

        Assert.Equal(3, Assert.IsType<ImportFileBroken>((await OpenAsync(list)).Failure).Row);
    }

    [Fact]
    public async Task A_row_without_end_is_refused_by_its_number()
    {
        using var list = new ListFile("Mobile,Name\n+12125552368,Ann\n+12125552369,\"" + new string('a', 300_000) + "\n");

        Assert.Equal(3, Assert.IsType<ImportRowTooLong>((await OpenAsync(list)).Failure).Row);
    }

    [Fact]
    public async Task Rows_are_numbered_by_the_lines_of_the_file()
    {
        using var list = new ListFile("Mobile,Name\n+12125552368,\"Ann\nLee\"\n\n+12125552369,Bo\n");
        var rows = new List<int>();

        await ProposeAsync(list, ColumnMap.Parse("phone=Mobile,firstName=Name").Value, rows);

        Assert.Equal([2, 5], rows);
    }

    [Fact]
    public async Task A_column_that_the_file_lacks_is_named_with_those_it_has()
    {
        using var list = new ListFile("Mobile,Name\n+12125552368,Ann\n");

        var refused = Assert.IsType<ColumnMissing>((await ProposeAsync(list, ColumnMap.Parse("phone=Phone").Value, [])).Failure);
        Assert.Equal(("phone", "Phone", "Mobile, Name"), (refused.Field, refused.Column, refused.Present));
    }

    [Fact]
    public async Task A_row_with_more_values_than_columns_is_invalid()
    {
        using var list = new ListFile("Mobile,Name\n+12125552368,Lee, Ann\n+12125552369,Bo\n");
        var summary = (await ProposeAsync(list, ColumnMap.Parse("phone=Mobile").Value, [])).Value;

        Assert.Equal((1, 1), (summary.Invalid, summary.New));
    }

    [Fact]
    public async Task Two_hundred_thousand_rows_take_no_more_memory_than_their_numbers()
    {
        using var list = new ListFile("Mobile,Name\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"+4477{10_000_000 + i:D8},Ann Lee the {i}th\n")));
        var (most, before) = (0L, GC.GetTotalMemory(forceFullCollection: true));
        var request = new ImportRequest(list.Path, "people.csv", ColumnMap.Parse("phone=Mobile,firstName=Name").Value);
        var watch = new ImportWatch(Progress: p => most = p.RowsDone % 50_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most);

        var summary = (await ImportProposal.WithoutDatabaseAsync(Actor.CommandLine, request, 100 << 20, DateTimeOffset.UnixEpoch.AddYears(56), watch, default)).Value;

        Assert.Equal(200_000, summary.Total);
        Assert.InRange(most, 0, 40 << 20);
    }

    private static Task<Result<ImportFile>> OpenAsync(ListFile list) => ImportFile.OpenAsync(list.Path, "people.csv", 10 * Largest, default);

    private static async Task RefusesAsync<TFailure>(byte[] bytes) where TFailure : Failure
    {
        using var list = new ListFile(bytes);
        Assert.IsType<TFailure>((await OpenAsync(list)).Failure);
    }

    private static Task<Result<ImportSummary>> ProposeAsync(ListFile list, ColumnMap map, List<int> rows) => ImportProposal.WithoutDatabaseAsync(
        Actor.CommandLine, list.Request(map), Largest, DateTimeOffset.UnixEpoch.AddYears(56), new ImportWatch(o => rows.Add(o.Row)), default);
}
