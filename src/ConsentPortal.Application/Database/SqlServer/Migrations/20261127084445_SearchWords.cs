using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SearchWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SearchRuns",
                columns: table => new
                {
                    Number = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchRuns", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "SearchWords",
                columns: table => new
                {
                    Run = table.Column<int>(type: "int", nullable: false),
                    Hash = table.Column<long>(type: "bigint", nullable: false),
                    SubscriberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchWords", x => new { x.Run, x.Hash, x.SubscriberId });
                });

            migrationBuilder.InsertData(
                table: "SearchRuns",
                column: "Number",
                value: 1);

            // Of a hash the eight bytes that one made from now on has.
            migrationBuilder.Sql(
                """
                INSERT INTO [SearchWords] ([Run], [Hash], [SubscriberId])
                SELECT 1, CONVERT(bigint, SUBSTRING([Hash], 1, 8)), [SubscriberId] FROM [NameTokens]
                UNION SELECT 1, CONVERT(bigint, SUBSTRING([Last4Hash], 1, 8)), [Id] FROM [Subscribers] WHERE [Last4Hash] IS NOT NULL;
                """);

            migrationBuilder.DropTable(
                name: "NameTokens");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Last4Hash",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "Last4Hash",
                table: "Subscribers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The half of each word's hash that was cut off is gone. Restore the copy that was made before the upgrade.");
    }
}
