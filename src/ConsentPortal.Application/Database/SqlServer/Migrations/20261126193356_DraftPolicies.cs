using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DraftPolicies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AbandonedAt",
                table: "Policies",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AbandonedById",
                table: "Policies",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ApprovedAt",
                table: "Policies",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AskedAt",
                table: "Policies",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AskedById",
                table: "Policies",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BaseVersion",
                table: "Policies",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SimulationJson",
                table: "Policies",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "Policies",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "WriterIds",
                table: "Policies",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "SimulatedTexts",
                columns: table => new
                {
                    SimulationId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    PolicyVersion = table.Column<int>(type: "int", nullable: false),
                    Was = table.Column<int>(type: "int", nullable: false),
                    Again = table.Column<int>(type: "int", nullable: true),
                    Would = table.Column<int>(type: "int", nullable: true),
                    Reason = table.Column<int>(type: "int", nullable: true),
                    Rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Lost = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SimulatedTexts", x => new { x.SimulationId, x.MessageId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_SimulatedTexts_PolicyVersion",
                table: "SimulatedTexts",
                column: "PolicyVersion");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SimulatedTexts");

            migrationBuilder.DropColumn(
                name: "AbandonedAt",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "AbandonedById",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "ApprovedAt",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "AskedAt",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "AskedById",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "BaseVersion",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "SimulationJson",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "Stamp",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "WriterIds",
                table: "Policies");
        }
    }
}
