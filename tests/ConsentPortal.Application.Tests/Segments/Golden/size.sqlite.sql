-- of people
.param set @kind 1
.param set @first 639233604000000000
.param set @values1 'US'
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM (
        SELECT DISTINCT "c"."SubscriberId"
        FROM (
            SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
        ) AS "c"
        WHERE "c"."Kind" = @kind AND "c"."At" >= @first
    ) AS "c1"
    INNER JOIN (
        SELECT * FROM "Subscribers" INDEXED BY "IX_Subscribers_Rules" WHERE "ErasedAt" IS NULL AND "MergedIntoId" IS NULL
    ) AS "c0" ON "c1"."SubscriberId" = "c0"."Id"
    WHERE "c0"."Region" = @values1)
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p

-- of a set
.param set @purpose X'0193A000000070008000000000000001'
.param set @at 639311364000000000
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM "ConsentRecords" AS "c"
    WHERE "c"."PurposeId" = @purpose AND "c"."Status" = 2 AND ("c"."ExpiresAt" IS NULL OR "c"."ExpiresAt" > @at)) - (
    SELECT COUNT(*)
    FROM "ConsentRecords" AS "c0"
    WHERE "c0"."PurposeId" = @purpose AND "c0"."Status" = 2 AND ("c0"."ExpiresAt" IS NULL OR "c0"."ExpiresAt" > @at) AND "c0"."SubscriberId" IN (
        SELECT "s0"."Id"
        FROM "Subscribers" AS "s0"
        WHERE "s0"."ErasedAt" IS NOT NULL
        UNION ALL
        SELECT "s1"."Id"
        FROM "Subscribers" AS "s1"
        WHERE "s1"."MergedIntoId" IS NOT NULL
    ))
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p

-- of a set of the living
.param set @id 1
.param set @folded 'GOLD'
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM "SubscriberAttributes" AS "s0"
    WHERE "s0"."AttributeId" = @id AND "s0"."FoldedText" = @folded)
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p

-- outside a set
.param set @kind 1
.param set @first 638996004000000000
.param set @times 2
.param set @times9 2
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM (
        SELECT * FROM "Subscribers" INDEXED BY "IX_Subscribers_Rules" WHERE "ErasedAt" IS NULL AND "MergedIntoId" IS NULL
    ) AS "c") - ((
    SELECT COUNT(*)
    FROM (
        SELECT 1
        FROM (
            SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
        ) AS "c0"
        WHERE "c0"."Kind" = @kind AND "c0"."At" >= @first
        GROUP BY "c0"."SubscriberId"
        HAVING COUNT(*) >= @times
    ) AS "c1") - (
    SELECT COUNT(*)
    FROM (
        SELECT 1
        FROM (
            SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
        ) AS "c2"
        WHERE "c2"."Kind" = @kind AND "c2"."At" >= @first AND "c2"."SubscriberId" IN (
            SELECT "s0"."Id"
            FROM "Subscribers" AS "s0"
            WHERE "s0"."ErasedAt" IS NOT NULL
            UNION ALL
            SELECT "s1"."Id"
            FROM "Subscribers" AS "s1"
            WHERE "s1"."MergedIntoId" IS NOT NULL
        )
        GROUP BY "c2"."SubscriberId"
        HAVING COUNT(*) >= @times9
    ) AS "c3"))
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p
