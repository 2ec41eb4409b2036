using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CampaignLanguages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "OutboundMessages",
                type: "TEXT",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CapTaken",
                table: "Campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "Campaigns",
                type: "TEXT",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TranslationsJson",
                table: "Campaigns",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Language",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "CapTaken",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "TranslationsJson",
                table: "Campaigns");
        }
    }
}
