using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SegmentColumnsAsTheyAre : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers",
                columns: new[] { "Id", "Region", "Language", "DeclaredRegion", "DeclaredState", "DeclaredZone", "Source", "LineType", "Frequency", "CreatedAt", "Lot" },
                filter: "[ErasedAt] IS NULL AND [MergedIntoId] IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers",
                columns: new[] { "Id", "Region", "Language", "DeclaredRegion", "DeclaredState", "Source", "LineType", "Frequency", "CreatedAt", "Lot" },
                filter: "[ErasedAt] IS NULL AND [MergedIntoId] IS NULL");
        }
    }
}
