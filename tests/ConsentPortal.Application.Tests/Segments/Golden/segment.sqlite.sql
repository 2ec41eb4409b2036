.param set @values1 'US'
.param set @values2 'CA'
.param set @country 'US'
.param set @state 'FL'
.param set @values31 'en'
.param set @values41 'Web form'
.param set @values52 1
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
.param set @purpose17 X'0193A000000070008000000000000001'
.param set @language 'en'
.param set @before 3
.param set @first 639285444000000000
.param set @amount 25.0
.param set @first22 639233604000000000
.param set @times 2
.param set @id 1
.param set @folded 'GOLD'
.param set @id26 1
.param set @folded27 'ÉTÉ'
.param set @id28 2
.param set @value 100.5
.param set @id30 3
.param set @from 639054144000000000
.param set @id32 4
.param set @value33 1.0
.param set @list X'0193A000000070008000000000000002'
.param set @first35 639285444000000000
.param set @campaign X'0193A000000070008000000000000003'
.param set @first37 639028224000000000
.param set @end 639055008000000000
.param set @first39 639233604000000000
.param set @times40 2
.param set @first41 639233604000000000
.param set @end42 3155378975999999999
.param set @first43 639028224000000000
.param set @end44 3155378975999999999
.param set @purpose45 X'0193A000000070008000000000000001'
.param set @now46 639311364000000000
.param set @since47 639285444000000000
.param set @purpose48 X'0193A000000070008000000000000001'
.param set @now49 639311364000000000
.param set @since50 638996004000000000
.param set @values511 'fr'
.param set @factor 1196551413
.param set @shift 1887023944
.param set @before54 214748364
.param set @factor55 1196551413
.param set @shift56 1887023944
.param set @from57 214748364
.param set @before60 644245094

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" IS NOT NULL AND "s"."Region" IN (@values1, @values2) AND "s"."DeclaredRegion" IS NOT NULL AND "s"."DeclaredRegion" = @country AND "s"."DeclaredState" IS NOT NULL AND "s"."DeclaredState" = @state AND "s"."Language" IS NOT NULL AND "s"."Language" = @values31 AND "s"."Source" = @values41 AND "s"."LineType" = @values52 AND ("s"."Frequency" = @values61 OR "s"."CreatedAt" >= @since OR "s"."LastTextAt" IS NULL OR "s"."LastTextAt" < @since8) AND "s"."Id" NOT IN (
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
        WHERE "w"."PurposeId" = @purpose17 AND "w"."Language" = @language AND "w"."Version" < @before
    )
) AND "s"."Id" IN (
    SELECT "s0"."SubscriberId"
    FROM "SubscriberFacts" AS "s0"
    WHERE "s0"."Kind" = 1 AND "s0"."At" >= @first
) AND "s"."Id" IN (
    SELECT "s1"."SubscriberId"
    FROM "SubscriberFacts" AS "s1"
    WHERE "s1"."Kind" = 1 AND "s1"."Amount" >= @amount AND "s1"."At" >= @first22
    GROUP BY "s1"."SubscriberId"
    HAVING COUNT(*) >= @times
) AND "s"."Id" IN (
    SELECT "s2"."SubscriberId"
    FROM "SubscriberAttributes" AS "s2"
    WHERE "s2"."AttributeId" = @id AND "s2"."FoldedText" = @folded
) AND "s"."Id" IN (
    SELECT "s3"."SubscriberId"
    FROM "SubscriberAttributes" AS "s3"
    WHERE "s3"."AttributeId" = @id26 AND "s3"."FoldedText" IS NOT NULL AND "s3"."FoldedText" <> @folded27
) AND "s"."Id" IN (
    SELECT "s4"."SubscriberId"
    FROM "SubscriberAttributes" AS "s4"
    WHERE "s4"."AttributeId" = @id28 AND "s4"."Number" >= @value
) AND "s"."Id" IN (
    SELECT "s5"."SubscriberId"
    FROM "SubscriberAttributes" AS "s5"
    WHERE "s5"."AttributeId" = @id30 AND "s5"."Date" < @from
) AND "s"."Id" IN (
    SELECT "s6"."SubscriberId"
    FROM "SubscriberAttributes" AS "s6"
    WHERE "s6"."AttributeId" = @id32 AND "s6"."Number" = @value33
) AND "s"."Id" IN (
    SELECT "s7"."SubscriberId"
    FROM "SegmentMembers" AS "s7"
    WHERE "s7"."SegmentId" = @list
) AND "s"."Id" IN (
    SELECT "o"."SubscriberId"
    FROM "OutboundMessages" AS "o"
    WHERE "o"."Kind" = 1 AND "o"."SentAt" IS NOT NULL AND "o"."State" <> 1 AND "o"."State" <> 2 AND "o"."State" <> 8 AND "o"."SentAt" >= @first35
) AND "s"."Id" NOT IN (
    SELECT "o0"."SubscriberId"
    FROM "OutboundMessages" AS "o0"
    WHERE "o0"."Kind" = 1 AND "o0"."SentAt" IS NOT NULL AND "o0"."State" <> 1 AND "o0"."State" <> 2 AND "o0"."State" <> 8 AND "o0"."CampaignId" = @campaign AND "o0"."SentAt" >= @first37 AND "o0"."SentAt" < @end
) AND "s"."Id" IN (
    SELECT "s8"."SubscriberId"
    FROM "SubscriberFacts" AS "s8"
    WHERE "s8"."Kind" = 4
) AND "s"."Id" NOT IN (
    SELECT "s9"."SubscriberId"
    FROM "SubscriberFacts" AS "s9"
    WHERE "s9"."Kind" = 4 AND "s9"."At" >= @first39
    GROUP BY "s9"."SubscriberId"
    HAVING COUNT(*) >= @times40
) AND "s"."LastEngagedAt" IS NOT NULL AND "s"."LastEngagedAt" >= @first41 AND "s"."LastEngagedAt" < @end42 AND ("s"."LastEngagedAt" < @first43 OR "s"."LastEngagedAt" >= @end44) AND "s"."Id" NOT IN (
    SELECT "s10"."SubscriberId"
    FROM "SubscriberFacts" AS "s10"
    WHERE "s10"."Kind" = 1
) AND "s"."Id" IN (
    SELECT "c3"."SubscriberId"
    FROM "ConsentRecords" AS "c3"
    WHERE "c3"."PurposeId" = @purpose45 AND "c3"."Status" = 2 AND ("c3"."ExpiresAt" IS NULL OR "c3"."ExpiresAt" > @now46) AND "c3"."GrantedAt" >= @since47
) AND "s"."Id" IN (
    SELECT "c4"."SubscriberId"
    FROM "ConsentRecords" AS "c4"
    WHERE "c4"."PurposeId" = @purpose48 AND "c4"."Status" = 2 AND ("c4"."ExpiresAt" IS NULL OR "c4"."ExpiresAt" > @now49) AND "c4"."GrantedAt" < @since50
) AND "s"."Language" <> @values511 AND (CAST("s"."Lot" AS INTEGER) * @factor + @shift) % 2147483647 < @before54 AND (CAST("s"."Lot" AS INTEGER) * @factor55 + @shift56) % 2147483647 >= @from57 AND (CAST("s"."Lot" AS INTEGER) * @factor55 + @shift56) % 2147483647 < @before60
