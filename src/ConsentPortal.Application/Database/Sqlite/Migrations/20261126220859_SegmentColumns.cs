using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SegmentColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberFacts_SubscriberId_Kind_At",
                table: "SubscriberFacts");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_Date_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_Number_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_Text_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_PurposeId_Status_SubscriberId",
                table: "ConsentRecords");

            migrationBuilder.AddColumn<int>(
                name: "Lot",
                table: "Subscribers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "FoldedText",
                table: "SubscriberAttributes",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            // A lot is the last four bytes of the id; SQLite makes no number of bytes but digit by digit.
            migrationBuilder.Sql(
                """
                UPDATE "Subscribers" SET "Lot" = ((((instr('0123456789ABCDEF', substr(hex("Id"), 25, 1)) - 1) & 7) << 28)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 26, 1)) - 1) << 24)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 27, 1)) - 1) << 20)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 28, 1)) - 1) << 16)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 29, 1)) - 1) << 12)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 30, 1)) - 1) << 8)
                    | ((instr('0123456789ABCDEF', substr(hex("Id"), 31, 1)) - 1) << 4)
                    | (instr('0123456789ABCDEF', substr(hex("Id"), 32, 1)) - 1)) % 2147483647;
                """);

            migrationBuilder.Sql("""UPDATE "SubscriberAttributes" SET "FoldedText" = PORTAL_FOLD("Text") WHERE "Text" IS NOT NULL;""");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_ErasedAt_Id",
                table: "Subscribers",
                columns: new[] { "ErasedAt", "Id" },
                filter: "[ErasedAt] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_MergedIntoId_Id",
                table: "Subscribers",
                columns: new[] { "MergedIntoId", "Id" },
                filter: "[MergedIntoId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers",
                columns: new[] { "Id", "Region", "Language", "DeclaredRegion", "DeclaredState", "Source", "LineType", "Frequency", "CreatedAt", "Lot" },
                filter: "[ErasedAt] IS NULL AND [MergedIntoId] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberFacts_Kind_SubscriberId_At_Amount",
                table: "SubscriberFacts",
                columns: new[] { "Kind", "SubscriberId", "At", "Amount" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberFacts_SubscriberId",
                table: "SubscriberFacts",
                column: "SubscriberId");

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_Date_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "Date", "SubscriberId" },
                filter: "[Date] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_FoldedText_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "FoldedText", "SubscriberId" },
                filter: "[FoldedText] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_Number_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "Number", "SubscriberId" },
                filter: "[Number] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_PurposeId_Status_SubscriberId_ExpiresAt",
                table: "ConsentRecords",
                columns: new[] { "PurposeId", "Status", "SubscriberId", "ExpiresAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_ErasedAt_Id",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId_Id",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_Rules",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberFacts_Kind_SubscriberId_At_Amount",
                table: "SubscriberFacts");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberFacts_SubscriberId",
                table: "SubscriberFacts");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_Date_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_FoldedText_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_SubscriberAttributes_AttributeId_Number_SubscriberId",
                table: "SubscriberAttributes");

            migrationBuilder.DropIndex(
                name: "IX_ConsentRecords_PurposeId_Status_SubscriberId_ExpiresAt",
                table: "ConsentRecords");

            migrationBuilder.DropColumn(
                name: "Lot",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "FoldedText",
                table: "SubscriberAttributes");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers",
                column: "MergedIntoId",
                filter: "[MergedIntoId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberFacts_SubscriberId_Kind_At",
                table: "SubscriberFacts",
                columns: new[] { "SubscriberId", "Kind", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_Date_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "Date", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_Number_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "Number", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberAttributes_AttributeId_Text_SubscriberId",
                table: "SubscriberAttributes",
                columns: new[] { "AttributeId", "Text", "SubscriberId" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_PurposeId_Status_SubscriberId",
                table: "ConsentRecords",
                columns: new[] { "PurposeId", "Status", "SubscriberId" });
        }
    }
}
