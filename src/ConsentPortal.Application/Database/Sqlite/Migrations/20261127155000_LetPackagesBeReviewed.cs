using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LetPackagesBeReviewed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PackageRedactions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RequestId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubscriberId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Ground = table.Column<int>(type: "INTEGER", nullable: false),
                    DetailSealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageRedactions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PackageRedactions_PrivacyRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "PrivacyRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PackageReviews",
                columns: table => new
                {
                    RequestId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubscriberId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CollectedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenSealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfirmedBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackageReviews", x => x.RequestId);
                    table.ForeignKey(
                        name: "FK_PackageReviews_PrivacyRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "PrivacyRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PackageRedactions_RequestId_Id",
                table: "PackageRedactions",
                columns: new[] { "RequestId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PackageRedactions_SubscriberId",
                table: "PackageRedactions",
                column: "SubscriberId");

            migrationBuilder.CreateIndex(
                name: "IX_PackageReviews_SubscriberId",
                table: "PackageReviews",
                column: "SubscriberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PackageRedactions");

            migrationBuilder.DropTable(
                name: "PackageReviews");
        }
    }
}
