using System.Text;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Subscribers;
using Microsoft.Data.Sqlite;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class FileSearchTests : IDisposable
{
    private const string Name = "Ada Okafor";
    private const int Block = 1 << 18;
    private const int Part = 64 << 20;

    // Of a text of so many letters, by the file format of SQLite: what its row keeps on its page, and of a table without row ids.
    private const int Letters = 12_000;
    private const int KeptOfRow = 3_816;
    private const int KeptOfKey = 484;
    private const int OnPage = 4_092;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("file-search");

    private static readonly TraceSearch Search = new(PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", "KX7Q2")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_name_is_found_wherever_it_lies_across_two_blocks_or_two_parts_of_a_file()
    {
        foreach (var at in new[] { 0, Block - 10, Block - 9, Block - 1, Block, 2 * Block - 5, 3 * Block - 10, Part - 5, Part - 1, Part })
        {
            await WriteAsync(at < Part ? 3 * Block : Part + 100, at, Name);

            Assert.Single(Run().Found);
        }
    }

    [Fact]
    public async Task What_stands_around_a_word_decides_whether_it_is_part_of_a_code_also_across_two_blocks_and_parts()
    {
        foreach (var border in new[] { Block, 2 * Block, Part })
        {
            for (var shift = -44; shift <= 0; shift += 11)
            {
                await WriteAsync(border + Block, border + shift, "AbCdEfGhIjKlMnOpQrStUvKX7Q2WxYz0123456789+/=");
                Assert.Empty(Run().Found);
                await WriteAsync(border + Block, border + shift, "AbCdEfGh IjKlMnOpQrStUvKX7Q2WxYz0123456789");
                Assert.Single(Run().Found);
            }
        }
    }

    [Theory]
    [InlineData("T (x TEXT)", KeptOfRow)]
    [InlineData("T (k INTEGER PRIMARY KEY DEFAULT 1, x TEXT) WITHOUT ROWID", KeptOfKey)]
    public async Task A_name_across_two_pieces_of_a_long_row_is_found_on_each_of_its_seams(string table, int kept)
    {
        await using var database = await OpenAsync(table);
        foreach (var seam in new[] { kept, kept + OnPage })
        {
            for (var before = seam - 9; before < seam; before += 4)
            {
                await SetAsync(database, Text(before, Name));

                Assert.False(await RawFiles.HoldAsync(_folder.FullName, Name));
                Assert.Single(Run().Found);
            }
        }

        await SetAsync(database, Text(0, ""));
        Assert.Empty(Run().Found);
        Assert.Single(Run().Databases);
        Assert.True(Run().Seams >= 2);
    }

    [Fact]
    public async Task A_name_is_found_where_one_piece_is_in_the_file_and_the_next_one_in_the_log_alone()
    {
        await using var database = await OpenAsync("T (x TEXT)");
        await RunAsync(database, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0");
        await SetAsync(database, Text(KeptOfRow - 5, "Ada O....."));
        await RunAsync(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Empty(Run().Found);

        // Of the same length, so only the page of the second piece is written.
        await SetAsync(database, Text(KeptOfRow - 5, Name));

        Assert.True(new FileInfo(Path.Combine(_folder.FullName, "some.db-wal")).Length is > 0 and < 3 * 4_200);
        Assert.False(await RawFiles.HoldAsync(_folder.FullName, Name));
        Assert.EndsWith("some.db", Assert.Single(Run().Found), StringComparison.Ordinal);

        await RunAsync(database, "PRAGMA wal_checkpoint(PASSIVE)");
        Assert.Single(Run().Found);
    }

    private static string Text(int before, string name) => new string('.', before) + name + new string('.', Letters - before - name.Length);

    private SearchedFiles Run() => FileSearch.Run(_folder.FullName, [], Search, default);

    private async Task WriteAsync(int length, int at, string text)
    {
        await using var file = new FileStream(Path.Combine(_folder.FullName, "some.bin"), FileMode.Create);
        file.SetLength(length);
        file.Position = at;
        await file.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private async Task<SqliteConnection> OpenAsync(string table)
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.FullName, "some.db"), Pooling = false }.ToString());
        await database.OpenAsync();
        await RunAsync(database, $"PRAGMA synchronous=OFF; CREATE TABLE {table}; INSERT INTO T (x) VALUES ('')");
        return database;
    }

    private static Task SetAsync(SqliteConnection database, string text) => RunAsync(database, $"UPDATE T SET x = '{text}'");

    private static async Task RunAsync(SqliteConnection database, string sql)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
