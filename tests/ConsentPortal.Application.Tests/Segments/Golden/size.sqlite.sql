-- of people
.param set @values1 'US'
.param set @first 639233604000000000
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM (
        SELECT * FROM "Subscribers" INDEXED BY "IX_Subscribers_Rules" WHERE "ErasedAt" IS NULL AND "MergedIntoId" IS NULL
    ) AS "c"
    WHERE "c"."Region" IS NOT NULL AND "c"."Region" = @values1 AND "c"."Id" IN (
        SELECT "s0"."SubscriberId"
        FROM "SubscriberFacts" AS "s0"
        WHERE "s0"."Kind" = 1 AND "s0"."At" >= @first
    ))
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p

-- of a set
.param set @id 1
.param set @folded 'GOLD'
.param set @id3 1
.param set @folded4 'GOLD'
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM "SubscriberAttributes" AS "s0"
    WHERE "s0"."AttributeId" = @id AND "s0"."FoldedText" = @folded) - (
    SELECT COUNT(*)
    FROM "SubscriberAttributes" AS "s1"
    WHERE "s1"."AttributeId" = @id3 AND "s1"."FoldedText" = @folded4 AND "s1"."SubscriberId" IN (
        SELECT "s2"."Id"
        FROM "Subscribers" AS "s2"
        WHERE "s2"."ErasedAt" IS NOT NULL
        UNION ALL
        SELECT "s3"."Id"
        FROM "Subscribers" AS "s3"
        WHERE "s3"."MergedIntoId" IS NOT NULL
    ))
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p

-- outside a set
.param set @first 638996004000000000
.param set @times 2
.param set @first4 638996004000000000
.param set @times5 2
.param set @p 1

SELECT (
    SELECT COUNT(*)
    FROM (
        SELECT * FROM "Subscribers" INDEXED BY "IX_Subscribers_Rules" WHERE "ErasedAt" IS NULL AND "MergedIntoId" IS NULL
    ) AS "c") - ((
    SELECT COUNT(*)
    FROM (
        SELECT 1
        FROM "SubscriberFacts" AS "s0"
        WHERE "s0"."Kind" = 1 AND "s0"."At" >= @first
        GROUP BY "s0"."SubscriberId"
        HAVING COUNT(*) >= @times
    ) AS "s1") - (
    SELECT COUNT(*)
    FROM (
        SELECT 1
        FROM "SubscriberFacts" AS "s2"
        WHERE "s2"."Kind" = 1 AND "s2"."At" >= @first4 AND "s2"."SubscriberId" IN (
            SELECT "s3"."Id"
            FROM "Subscribers" AS "s3"
            WHERE "s3"."ErasedAt" IS NOT NULL
            UNION ALL
            SELECT "s4"."Id"
            FROM "Subscribers" AS "s4"
            WHERE "s4"."MergedIntoId" IS NOT NULL
        )
        GROUP BY "s2"."SubscriberId"
        HAVING COUNT(*) >= @times5
    ) AS "s5"))
FROM "Subscribers" AS "s"
ORDER BY "s"."Id"
LIMIT @p
