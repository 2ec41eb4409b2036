using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
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
                type: "nvarchar(3200)",
                maxLength: 3200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WriterIds",
                table: "Campaigns",
                type: "nvarchar(max)",
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
