using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
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

            // The half that is kept is the one that a hash made from now on has.
            migrationBuilder.Sql(
                """
                UPDATE [Subscribers] SET [PhoneHash] = SUBSTRING([PhoneHash], 1, 16), [Last4Hash] = SUBSTRING([Last4Hash], 1, 8);
                UPDATE [NumberPeriods] SET [PhoneHash] = SUBSTRING([PhoneHash], 1, 16);
                UPDATE [Suppressions] SET [PhoneHash] = SUBSTRING([PhoneHash], 1, 16);
                UPDATE [InboundMessages] SET [FromHash] = SUBSTRING([FromHash], 1, 16);
                UPDATE [ReceivedParts] SET [FromHash] = SUBSTRING([FromHash], 1, 16);
                UPDATE [StaffNumbers] SET [PhoneHash] = SUBSTRING([PhoneHash], 1, 16);
                UPDATE [StaffCodes] SET [PhoneHash] = SUBSTRING([PhoneHash], 1, 16);
                """);

            migrationBuilder.AlterColumn<byte[]>(
                name: "PhoneHash",
                table: "Suppressions",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AlterColumn<byte[]>(
                name: "PhoneHash",
                table: "Subscribers",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32,
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "Last4Hash",
                table: "Subscribers",
                type: "varbinary(8)",
                maxLength: 8,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32,
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "PhoneHash",
                table: "StaffNumbers",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AlterColumn<byte[]>(
                name: "PhoneHash",
                table: "StaffCodes",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AlterColumn<byte[]>(
                name: "FromHash",
                table: "ReceivedParts",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AlterColumn<byte[]>(
                name: "PhoneHash",
                table: "NumberPeriods",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.AlterColumn<byte[]>(
                name: "FromHash",
                table: "InboundMessages",
                type: "varbinary(16)",
                maxLength: 16,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(32)",
                oldMaxLength: 32);

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Last4Hash",
                table: "Subscribers",
                column: "Last4Hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The half of each look-up hash that was cut off is gone. Restore the copy that was made before the upgrade.");
    }
}
