using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_NameTokens_Subscribers_SubscriberId",
                table: "NameTokens");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods");

            migrationBuilder.DropPrimaryKey(
                name: "PK_NameTokens",
                table: "NameTokens");

            migrationBuilder.DropIndex(
                name: "IX_NameTokens_Hash_SubscriberId",
                table: "NameTokens");

            migrationBuilder.DropIndex(
                name: "IX_NameTokens_SubscriberId",
                table: "NameTokens");

            migrationBuilder.DropColumn(
                name: "Id",
                table: "NameTokens");

            migrationBuilder.AddPrimaryKey(
                name: "PK_NameTokens",
                table: "NameTokens",
                columns: new[] { "Hash", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers",
                column: "ExternalIdHash",
                filter: "[ExternalIdHash] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers",
                column: "MergedIntoId",
                filter: "[MergedIntoId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods",
                column: "PhoneHash",
                filter: "[To] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods");

            migrationBuilder.DropPrimaryKey(
                name: "PK_NameTokens",
                table: "NameTokens");

            migrationBuilder.AddColumn<long>(
                name: "Id",
                table: "NameTokens",
                type: "bigint",
                nullable: false,
                defaultValue: 0L)
                .Annotation("SqlServer:Identity", "1, 1");

            migrationBuilder.AddPrimaryKey(
                name: "PK_NameTokens",
                table: "NameTokens",
                column: "Id");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers",
                column: "ExternalIdHash");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods",
                column: "PhoneHash");

            migrationBuilder.CreateIndex(
                name: "IX_NameTokens_Hash_SubscriberId",
                table: "NameTokens",
                columns: new[] { "Hash", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_NameTokens_SubscriberId",
                table: "NameTokens",
                column: "SubscriberId");

            migrationBuilder.AddForeignKey(
                name: "FK_NameTokens_Subscribers_SubscriberId",
                table: "NameTokens",
                column: "SubscriberId",
                principalTable: "Subscribers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
