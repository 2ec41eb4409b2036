using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class KeepWhatFirstHeldTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "FirstHeldAt",
                table: "OutboundMessages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FirstHeldReason",
                table: "OutboundMessages",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FirstHeldRule",
                table: "OutboundMessages",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessages_FirstHeldAt",
                table: "OutboundMessages",
                column: "FirstHeldAt",
                filter: "[FirstHeldAt] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboundMessages_FirstHeldAt",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "FirstHeldAt",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "FirstHeldReason",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "FirstHeldRule",
                table: "OutboundMessages");
        }
    }
}
