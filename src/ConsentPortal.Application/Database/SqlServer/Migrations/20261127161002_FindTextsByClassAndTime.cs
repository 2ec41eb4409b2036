using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class FindTextsByClassAndTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_OutboundMessages_MessageClass_SentAt_SubscriberId",
                table: "OutboundMessages",
                columns: new[] { "MessageClass", "SentAt", "SubscriberId" },
                filter: "[SentAt] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboundMessages_MessageClass_SentAt_SubscriberId",
                table: "OutboundMessages");
        }
    }
}
