using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CampaignVariants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Variant",
                table: "OutboundMessages",
                type: "nvarchar(1)",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AtMost",
                table: "Campaigns",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CapLine",
                table: "Campaigns",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CountedFrom",
                table: "Campaigns",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "FailureLimit",
                table: "Campaigns",
                type: "decimal(5,2)",
                precision: 5,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "HoldoutPercent",
                table: "Campaigns",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "LimitsFrom",
                table: "Campaigns",
                type: "int",
                nullable: false,
                defaultValue: 100);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "NextTextAt",
                table: "Campaigns",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "OptOutLimit",
                table: "Campaigns",
                type: "decimal(5,2)",
                precision: 5,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TextsPerMinute",
                table: "Campaigns",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Weight",
                table: "Campaigns",
                type: "int",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "CampaignExclusions",
                columns: table => new
                {
                    SegmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CampaignId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignExclusions", x => new { x.CampaignId, x.SegmentId });
                    table.ForeignKey(
                        name: "FK_CampaignExclusions_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CampaignExclusions_Segments_SegmentId",
                        column: x => x.SegmentId,
                        principalTable: "Segments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CampaignVariants",
                columns: table => new
                {
                    Letter = table.Column<string>(type: "nvarchar(1)", nullable: false),
                    CampaignId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Body = table.Column<string>(type: "nvarchar(3200)", maxLength: 3200, nullable: false),
                    Weight = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignVariants", x => new { x.CampaignId, x.Letter });
                    table.ForeignKey(
                        name: "FK_CampaignVariants_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CampaignExclusions_SegmentId",
                table: "CampaignExclusions",
                column: "SegmentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CampaignExclusions");

            migrationBuilder.DropTable(
                name: "CampaignVariants");

            migrationBuilder.DropColumn(
                name: "Variant",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "AtMost",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "CapLine",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "CountedFrom",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "FailureLimit",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "HoldoutPercent",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "LimitsFrom",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "NextTextAt",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "OptOutLimit",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "TextsPerMinute",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "Weight",
                table: "Campaigns");
        }
    }
}
