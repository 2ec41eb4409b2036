using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SearchWords : Migration
    {
        private const int Digits = 16;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A table of its key alone needs no second copy of it, and dropping a column needs no copy of the table; the migrations' own operations can't say so.
            migrationBuilder.Sql(
                $"""
                CREATE TABLE "SearchRuns" ("Number" INTEGER NOT NULL CONSTRAINT "PK_SearchRuns" PRIMARY KEY AUTOINCREMENT);
                INSERT INTO "SearchRuns" ("Number") VALUES (1);
                CREATE TABLE "SearchWords" ("Run" INTEGER NOT NULL, "Hash" INTEGER NOT NULL, "SubscriberId" BLOB NOT NULL, CONSTRAINT "PK_SearchWords" PRIMARY KEY ("Run", "Hash", "SubscriberId")) WITHOUT ROWID;
                INSERT OR IGNORE INTO "SearchWords"
                SELECT 1, {Number("\"Hash\"")}, "SubscriberId" FROM "NameTokens"
                UNION ALL SELECT 1, {Number("\"Last4Hash\"")}, "Id" FROM "Subscribers" WHERE "Last4Hash" IS NOT NULL
                ORDER BY 2, 3;
                DROP TABLE "NameTokens";
                DROP INDEX "IX_Subscribers_Last4Hash";
                ALTER TABLE "Subscribers" DROP COLUMN "Last4Hash";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The half of each word's hash that was cut off is gone. Restore the copy that was made before the upgrade.");

        /// <summary>The first eight bytes of a hash as the number that a hash made from now on is.</summary>
        private static string Number(string hash)
        {
            var digits = Enumerable.Range(0, Digits).Select(i => string.Create(
                CultureInfo.InvariantCulture, $"((instr('0123456789ABCDEF', substr(hex({hash}), {i + 1}, 1)) - 1) << {4 * (Digits - 1 - i)})"));
            return string.Join(" | ", digits);
        }
    }
}
