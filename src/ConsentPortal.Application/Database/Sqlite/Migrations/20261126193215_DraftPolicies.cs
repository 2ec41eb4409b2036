using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DraftPolicies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AbandonedAt",
                table: "Policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AbandonedById",
                table: "Policies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ApprovedAt",
                table: "Policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AskedAt",
                table: "Policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AskedById",
                table: "Policies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BaseVersion",
                table: "Policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SimulationJson",
                table: "Policies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Stamp",
                table: "Policies",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "WriterIds",
                table: "Policies",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "SimulatedTexts",
                columns: table => new
                {
                    SimulationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    PolicyVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Was = table.Column<int>(type: "INTEGER", nullable: false),
                    Again = table.Column<int>(type: "INTEGER", nullable: true),
                    Would = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<int>(type: "INTEGER", nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    Lost = table.Column<int>(type: "INTEGER", nullable: true)
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
