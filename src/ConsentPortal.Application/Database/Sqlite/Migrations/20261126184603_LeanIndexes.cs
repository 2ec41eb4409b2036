using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A table of its key alone needs no second copy of it; the migrations' own operations can't say so.
            migrationBuilder.Sql(
                """
                CREATE TABLE "NameWords" ("Hash" BLOB NOT NULL, "SubscriberId" BLOB NOT NULL, CONSTRAINT "PK_NameTokens" PRIMARY KEY ("Hash", "SubscriberId")) WITHOUT ROWID;
                INSERT OR IGNORE INTO "NameWords" SELECT "Hash", "SubscriberId" FROM "NameTokens" ORDER BY "Hash", "SubscriberId";
                DROP TABLE "NameTokens";
                ALTER TABLE "NameWords" RENAME TO "NameTokens";
                """);

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods");

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
            migrationBuilder.Sql(
                """
                CREATE TABLE "NameWords" ("Id" INTEGER NOT NULL CONSTRAINT "PK_NameTokens" PRIMARY KEY AUTOINCREMENT, "SubscriberId" BLOB NOT NULL, "Hash" BLOB NOT NULL,
                    CONSTRAINT "FK_NameTokens_Subscribers_SubscriberId" FOREIGN KEY ("SubscriberId") REFERENCES "Subscribers" ("Id") ON DELETE CASCADE);
                INSERT INTO "NameWords" ("SubscriberId", "Hash") SELECT "SubscriberId", "Hash" FROM "NameTokens";
                DROP TABLE "NameTokens";
                ALTER TABLE "NameWords" RENAME TO "NameTokens";
                CREATE INDEX "IX_NameTokens_Hash_SubscriberId" ON "NameTokens" ("Hash", "SubscriberId");
                CREATE INDEX "IX_NameTokens_SubscriberId" ON "NameTokens" ("SubscriberId");
                """);

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_ExternalIdHash",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_MergedIntoId",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_NumberPeriods_PhoneHash",
                table: "NumberPeriods");

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

        }
    }
}
