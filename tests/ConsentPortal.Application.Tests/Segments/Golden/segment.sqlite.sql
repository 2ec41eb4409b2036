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
.param set @purpose17 X'0193A000000070008000000000000001'
.param set @language 'en'
.param set @before 3
.param set @kind 1
.param set @first 639285444000000000
.param set @kind24 1
.param set @first25 639233604000000000
.param set @amount 25.0
.param set @times 2
.param set @id 1
.param set @folded 'GOLD'
.param set @id30 1
.param set @folded31 'ÉTÉ'
.param set @id32 2
.param set @value 100.5
.param set @id34 3
.param set @from 639054144000000000
.param set @id36 4
.param set @value37 1.0
.param set @list X'0193A000000070008000000000000002'
.param set @first39 639285444000000000
.param set @campaign X'0193A000000070008000000000000003'
.param set @first41 639028224000000000
.param set @end 639055008000000000
.param set @kind44 3
.param set @first45 639285444000000000
.param set @kind46 3
.param set @campaign47 X'0193A000000070008000000000000003'
.param set @kind49 4
.param set @kind51 4
.param set @first52 639233604000000000
.param set @times53 2
.param set @first54 639233604000000000
.param set @end55 3155378975999999999
.param set @first56 639028224000000000
.param set @end57 3155378975999999999
.param set @kind59 1
.param set @purpose60 X'0193A000000070008000000000000001'
.param set @now61 639311364000000000
.param set @since62 639285444000000000
.param set @purpose63 X'0193A000000070008000000000000001'
.param set @now64 639311364000000000
.param set @since65 638996004000000000
.param set @values661 'fr'
.param set @factor 1196551413
.param set @shift 1887023944
.param set @before69 214748364
.param set @factor70 1196551413
.param set @shift71 1887023944
.param set @from72 214748364
.param set @before75 644245094

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" IN (@values1, @values2) AND "s"."DeclaredRegion" = @country AND "s"."DeclaredState" = @state AND "s"."Language" = @values31 AND "s"."Source" = @values41 AND "s"."LineType" = @values51 AND ("s"."Frequency" = @values61 OR "s"."CreatedAt" >= @since OR "s"."LastTextAt" IS NULL OR "s"."LastTextAt" < @since8) AND "s"."Id" NOT IN (
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
    SELECT "c3"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_At_SubscriberId_Amount"
    ) AS "c3"
    WHERE "c3"."Kind" = @kind AND "c3"."At" >= @first
) AND "s"."Id" IN (
    SELECT "c4"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c4"
    WHERE "c4"."Kind" = @kind24 AND "c4"."At" >= @first25 AND "c4"."Amount" >= @amount
    GROUP BY "c4"."SubscriberId"
    HAVING COUNT(*) >= @times
) AND "s"."Id" IN (
    SELECT "s0"."SubscriberId"
    FROM "SubscriberAttributes" AS "s0"
    WHERE "s0"."AttributeId" = @id AND "s0"."FoldedText" = @folded
) AND "s"."Id" IN (
    SELECT "s1"."SubscriberId"
    FROM "SubscriberAttributes" AS "s1"
    WHERE "s1"."AttributeId" = @id30 AND "s1"."FoldedText" IS NOT NULL AND "s1"."FoldedText" <> @folded31
) AND "s"."Id" IN (
    SELECT "s2"."SubscriberId"
    FROM "SubscriberAttributes" AS "s2"
    WHERE "s2"."AttributeId" = @id32 AND "s2"."Number" >= @value
) AND "s"."Id" IN (
    SELECT "s3"."SubscriberId"
    FROM "SubscriberAttributes" AS "s3"
    WHERE "s3"."AttributeId" = @id34 AND "s3"."Date" < @from
) AND "s"."Id" IN (
    SELECT "s4"."SubscriberId"
    FROM "SubscriberAttributes" AS "s4"
    WHERE "s4"."AttributeId" = @id36 AND "s4"."Number" = @value37
) AND "s"."Id" IN (
    SELECT "s5"."SubscriberId"
    FROM "SegmentMembers" AS "s5"
    WHERE "s5"."SegmentId" = @list
) AND "s"."Id" IN (
    SELECT "o"."SubscriberId"
    FROM "OutboundMessages" AS "o"
    WHERE "o"."Kind" = 1 AND "o"."SentAt" IS NOT NULL AND "o"."State" <> 1 AND "o"."State" <> 2 AND "o"."State" <> 8 AND "o"."SentAt" >= @first39
) AND "s"."Id" NOT IN (
    SELECT "o0"."SubscriberId"
    FROM "OutboundMessages" AS "o0"
    WHERE "o0"."Kind" = 1 AND "o0"."SentAt" IS NOT NULL AND "o0"."State" <> 1 AND "o0"."State" <> 2 AND "o0"."State" <> 8 AND "o0"."CampaignId" = @campaign AND "o0"."SentAt" >= @first41 AND "o0"."SentAt" < @end
) AND "s"."Id" IN (
    SELECT "c5"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_At_SubscriberId_Amount"
    ) AS "c5"
    WHERE "c5"."Kind" = @kind44 AND "c5"."At" >= @first45
) AND "s"."Id" NOT IN (
    SELECT "s6"."SubscriberId"
    FROM "SubscriberFacts" AS "s6"
    WHERE "s6"."Kind" = @kind46 AND "s6"."CampaignId" = @campaign47
) AND "s"."Id" IN (
    SELECT "c6"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c6"
    WHERE "c6"."Kind" = @kind49
) AND "s"."Id" NOT IN (
    SELECT "c7"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c7"
    WHERE "c7"."Kind" = @kind51 AND "c7"."At" >= @first52
    GROUP BY "c7"."SubscriberId"
    HAVING COUNT(*) >= @times53
) AND "s"."LastEngagedAt" IS NOT NULL AND "s"."LastEngagedAt" >= @first54 AND "s"."LastEngagedAt" < @end55 AND ("s"."LastEngagedAt" < @first56 OR "s"."LastEngagedAt" >= @end57) AND "s"."Id" NOT IN (
    SELECT "c8"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c8"
    WHERE "c8"."Kind" = @kind59
) AND "s"."Id" IN (
    SELECT "c9"."SubscriberId"
    FROM "ConsentRecords" AS "c9"
    WHERE "c9"."PurposeId" = @purpose60 AND "c9"."Status" = 2 AND ("c9"."ExpiresAt" IS NULL OR "c9"."ExpiresAt" > @now61) AND "c9"."GrantedAt" >= @since62
) AND "s"."Id" IN (
    SELECT "c10"."SubscriberId"
    FROM "ConsentRecords" AS "c10"
    WHERE "c10"."PurposeId" = @purpose63 AND "c10"."Status" = 2 AND ("c10"."ExpiresAt" IS NULL OR "c10"."ExpiresAt" > @now64) AND "c10"."GrantedAt" < @since65
) AND ("s"."Language" <> @values661 OR "s"."Language" IS NULL) AND (CAST("s"."Lot" AS INTEGER) * @factor + @shift) % 2147483647 < @before69 AND (CAST("s"."Lot" AS INTEGER) * @factor70 + @shift71) % 2147483647 >= @from72 AND (CAST("s"."Lot" AS INTEGER) * @factor70 + @shift71) % 2147483647 < @before75
