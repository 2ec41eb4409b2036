using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CampaignWritersAndTestLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CountedTemplate",
                table: "StaffTexts",
                type: "TEXT",
                maxLength: 3200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WriterIds",
                table: "Campaigns",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CountedTemplate",
                table: "StaffTexts");

            migrationBuilder.DropColumn(
                name: "WriterIds",
                table: "Campaigns");
        }
    }
}
