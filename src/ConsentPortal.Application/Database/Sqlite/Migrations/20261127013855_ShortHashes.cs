using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ShortHashes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Last4Hash_CreatedAt",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_PhoneHash",
                table: "Subscribers");

            // The half that is kept is the one that a hash made from now on has.
            migrationBuilder.Sql(
                """
                UPDATE "Subscribers" SET "PhoneHash" = substr("PhoneHash", 1, 16), "Last4Hash" = substr("Last4Hash", 1, 8);
                UPDATE "NumberPeriods" SET "PhoneHash" = substr("PhoneHash", 1, 16);
                UPDATE "Suppressions" SET "PhoneHash" = substr("PhoneHash", 1, 16);
                UPDATE "InboundMessages" SET "FromHash" = substr("FromHash", 1, 16);
                UPDATE "ReceivedParts" SET "FromHash" = substr("FromHash", 1, 16);
                UPDATE "StaffNumbers" SET "PhoneHash" = substr("PhoneHash", 1, 16);
                UPDATE "StaffCodes" SET "PhoneHash" = substr("PhoneHash", 1, 16);
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Last4Hash",
                table: "Subscribers",
                column: "Last4Hash");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_PhoneHash",
                table: "Subscribers",
                column: "PhoneHash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The half of each look-up hash that was cut off is gone. Restore the copy that was made before the upgrade.");
    }
}
