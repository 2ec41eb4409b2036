using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CountTextsOfPeopleByIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboundMessages_MessageClass_SentAt_SubscriberId",
                table: "OutboundMessages");

            migrationBuilder.DropIndex(
                name: "IX_OutboundMessages_SubscriberId_SentAt",
                table: "OutboundMessages");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessages_SubscriberId_SentAt_MessageClass",
                table: "OutboundMessages",
                columns: new[] { "SubscriberId", "SentAt", "MessageClass" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboundMessages_SubscriberId_SentAt_MessageClass",
                table: "OutboundMessages");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessages_MessageClass_SentAt_SubscriberId",
                table: "OutboundMessages",
                columns: new[] { "MessageClass", "SentAt", "SubscriberId" },
                filter: "[SentAt] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessages_SubscriberId_SentAt",
                table: "OutboundMessages",
                columns: new[] { "SubscriberId", "SentAt" });
        }
    }
}
