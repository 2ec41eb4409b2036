using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
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
                type: "nvarchar(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CapTaken",
                table: "Campaigns",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "Campaigns",
                type: "nvarchar(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TranslationsJson",
                table: "Campaigns",
                type: "nvarchar(max)",
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
