using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ClickedLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CampaignId",
                table: "SubscriberFacts",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Link",
                table: "SubscriberFacts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MessageId",
                table: "SubscriberFacts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "CountsClicks",
                table: "Campaigns",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberFacts_CampaignId_MessageId_Link",
                table: "SubscriberFacts",
                columns: new[] { "CampaignId", "MessageId", "Link" },
                unique: true,
                filter: "[CampaignId] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SubscriberFacts_CampaignId_MessageId_Link",
                table: "SubscriberFacts");

            migrationBuilder.DropColumn(
                name: "CampaignId",
                table: "SubscriberFacts");

            migrationBuilder.DropColumn(
                name: "Link",
                table: "SubscriberFacts");

            migrationBuilder.DropColumn(
                name: "MessageId",
                table: "SubscriberFacts");

            migrationBuilder.DropColumn(
                name: "CountsClicks",
                table: "Campaigns");
        }
    }
}
