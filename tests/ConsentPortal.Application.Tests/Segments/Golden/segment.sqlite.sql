.param set @values1 'US'
.param set @values2 'CA'
.param set @country 'US'
.param set @state 'FL'
.param set @values31 'en'
.param set @values41 'Web form'
.param set @values51 1
.param set @values61 2
.param set @since 639285444000000000
.param set @since8 639308772000000000
.param set @purpose X'0193A000000070008000000000000001'
.param set @status 3
.param set @purpose11 X'0193A000000070008000000000000001'
.param set @now 639311364000000000
.param set @purpose13 X'0193A000000070008000000000000001'
.param set @now14 639311364000000000
.param set @purpose15 X'0193A000000070008000000000000001'
.param set @now16 639311364000000000
.param set @purpose150 X'0193A000000070008000000000000001'
.param set @language 'en'
.param set @before 3
.param set @since20 639285444000000000
.param set @since21 639233604000000000
.param set @amount 25.0
.param set @times 2
.param set @id 1
.param set @text 'gold'
.param set @id27 1
.param set @text29 'Été'
.param set @id30 2
.param set @value 100.5
.param set @id32 3
.param set @from 639054144000000000
.param set @id34 4
.param set @value35 1.0
.param set @list X'0193A000000070008000000000000002'

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" IS NOT NULL AND "s"."Region" IN (@values1, @values2) AND "s"."DeclaredRegion" IS NOT NULL AND "s"."DeclaredRegion" = @country AND "s"."DeclaredState" IS NOT NULL AND "s"."DeclaredState" = @state AND "s"."Language" IS NOT NULL AND "s"."Language" = @values31 AND "s"."Source" = @values41 AND "s"."LineType" = @values51 AND ("s"."Frequency" = @values61 OR "s"."CreatedAt" >= @since OR "s"."LastTextAt" IS NULL OR "s"."LastTextAt" < @since8) AND "s"."Id" NOT IN (
    SELECT "c"."SubscriberId"
    FROM "ConsentRecords" AS "c"
    WHERE "c"."PurposeId" = @purpose AND "c"."Status" = @status
) AND "s"."Id" NOT IN (
    SELECT "c0"."SubscriberId"
    FROM "ConsentRecords" AS "c0"
    WHERE "c0"."PurposeId" = @purpose11 AND ("c0"."Status" = 4 OR ("c0"."Status" = 2 AND "c0"."ExpiresAt" <= @now))
) AND "s"."Id" IN (
    SELECT "c1"."SubscriberId"
    FROM "ConsentRecords" AS "c1"
    WHERE "c1"."PurposeId" = @purpose13 AND "c1"."Status" = 2 AND ("c1"."ExpiresAt" IS NULL OR "c1"."ExpiresAt" > @now14)
) AND "s"."Id" IN (
    SELECT "c2"."SubscriberId"
    FROM "ConsentRecords" AS "c2"
    WHERE "c2"."PurposeId" = @purpose15 AND "c2"."Status" = 2 AND ("c2"."ExpiresAt" IS NULL OR "c2"."ExpiresAt" > @now16) AND "c2"."WordingId" IN (
        SELECT "w"."Id"
        FROM "Wordings" AS "w"
        WHERE "w"."PurposeId" = @purpose150 AND "w"."Language" = @language AND "w"."Version" < @before
    )
) AND "s"."Id" IN (
    SELECT "s0"."SubscriberId"
    FROM "SubscriberFacts" AS "s0"
    WHERE "s0"."Kind" = 1 AND "s0"."At" >= @since20
) AND "s"."Id" IN (
    SELECT "s1"."SubscriberId"
    FROM "SubscriberFacts" AS "s1"
    WHERE "s1"."Kind" = 1 AND "s1"."At" >= @since21 AND "s1"."Amount" >= @amount
    GROUP BY "s1"."SubscriberId"
    HAVING COUNT(*) >= @times
) AND "s"."Id" IN (
    SELECT "s2"."SubscriberId"
    FROM "SubscriberAttributes" AS "s2"
    WHERE "s2"."AttributeId" = @id AND "s2"."Text" COLLATE PORTAL_TEXT = @text
) AND "s"."Id" IN (
    SELECT "s3"."SubscriberId"
    FROM "SubscriberAttributes" AS "s3"
    WHERE "s3"."AttributeId" = @id27 AND "s3"."Text" IS NOT NULL AND "s3"."Text" COLLATE PORTAL_TEXT <> @text29
) AND "s"."Id" IN (
    SELECT "s4"."SubscriberId"
    FROM "SubscriberAttributes" AS "s4"
    WHERE "s4"."AttributeId" = @id30 AND "s4"."Number" >= @value
) AND "s"."Id" IN (
    SELECT "s5"."SubscriberId"
    FROM "SubscriberAttributes" AS "s5"
    WHERE "s5"."AttributeId" = @id32 AND "s5"."Date" < @from
) AND "s"."Id" IN (
    SELECT "s6"."SubscriberId"
    FROM "SubscriberAttributes" AS "s6"
    WHERE "s6"."AttributeId" = @id34 AND "s6"."Number" = @value35
) AND "s"."Id" IN (
    SELECT "s7"."SubscriberId"
    FROM "SegmentMembers" AS "s7"
    WHERE "s7"."SegmentId" = @list
)
