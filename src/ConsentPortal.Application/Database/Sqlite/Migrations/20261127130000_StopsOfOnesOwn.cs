using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class StopsOfOnesOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsActOfPerson",
                table: "Suppressions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Those of which it is certain: texts, the preference page, the API, the no in a list, and texts that were read as a stop.
            migrationBuilder.Sql(
                "UPDATE Suppressions SET IsActOfPerson = 1 WHERE Source IN (1, 2, 5) OR (Source = 4 AND Reason = 'Refused according to an imported list') "
                + "OR (Source = 10 AND Reason <> 'A text of this person waits for review.')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsActOfPerson",
                table: "Suppressions");
        }
    }
}
