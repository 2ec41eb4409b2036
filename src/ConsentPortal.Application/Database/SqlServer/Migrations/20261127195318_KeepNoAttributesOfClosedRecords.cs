using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class KeepNoAttributesOfClosedRecords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Merging takes them away from now on, as erasing does: values are counted without looking for whose record is closed.
            migrationBuilder.Sql(
                """
                DELETE FROM SubscriberAttributes WHERE SubscriberId IN (
                    SELECT Id FROM Subscribers WHERE ErasedAt IS NOT NULL UNION ALL SELECT Id FROM Subscribers WHERE MergedIntoId IS NOT NULL)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
