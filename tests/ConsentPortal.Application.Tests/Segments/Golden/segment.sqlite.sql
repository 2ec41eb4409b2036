.param set @values1 'US'
.param set @values2 'CA'
.param set @country 'US'
.param set @state 'FL'
.param set @values31 'en'
.param set @values41 'Web form'
.param set @values51 1
.param set @values62 2
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
.param set @kind44 4
.param set @kind46 4
.param set @first47 639233604000000000
.param set @times48 2
.param set @first49 639233604000000000
.param set @end50 3155378975999999999
.param set @first51 639028224000000000
.param set @end52 3155378975999999999
.param set @kind54 1
.param set @purpose55 X'0193A000000070008000000000000001'
.param set @now56 639311364000000000
.param set @since57 639285444000000000
.param set @purpose58 X'0193A000000070008000000000000001'
.param set @now59 639311364000000000
.param set @since60 638996004000000000
.param set @values611 'fr'
.param set @factor 1196551413
.param set @shift 1887023944
.param set @before64 214748364
.param set @factor65 1196551413
.param set @shift66 1887023944
.param set @from67 214748364
.param set @before70 644245094

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" IN (@values1, @values2) AND "s"."DeclaredRegion" = @country AND "s"."DeclaredState" = @state AND "s"."Language" = @values31 AND "s"."Source" = @values41 AND "s"."LineType" = @values51 AND ("s"."Frequency" = @values62 OR "s"."CreatedAt" >= @since OR "s"."LastTextAt" IS NULL OR "s"."LastTextAt" < @since8) AND "s"."Id" NOT IN (
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
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c5"
    WHERE "c5"."Kind" = @kind44
) AND "s"."Id" NOT IN (
    SELECT "c6"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c6"
    WHERE "c6"."Kind" = @kind46 AND "c6"."At" >= @first47
    GROUP BY "c6"."SubscriberId"
    HAVING COUNT(*) >= @times48
) AND "s"."LastEngagedAt" IS NOT NULL AND "s"."LastEngagedAt" >= @first49 AND "s"."LastEngagedAt" < @end50 AND ("s"."LastEngagedAt" < @first51 OR "s"."LastEngagedAt" >= @end52) AND "s"."Id" NOT IN (
    SELECT "c7"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c7"
    WHERE "c7"."Kind" = @kind54
) AND "s"."Id" IN (
    SELECT "c8"."SubscriberId"
    FROM "ConsentRecords" AS "c8"
    WHERE "c8"."PurposeId" = @purpose55 AND "c8"."Status" = 2 AND ("c8"."ExpiresAt" IS NULL OR "c8"."ExpiresAt" > @now56) AND "c8"."GrantedAt" >= @since57
) AND "s"."Id" IN (
    SELECT "c9"."SubscriberId"
    FROM "ConsentRecords" AS "c9"
    WHERE "c9"."PurposeId" = @purpose58 AND "c9"."Status" = 2 AND ("c9"."ExpiresAt" IS NULL OR "c9"."ExpiresAt" > @now59) AND "c9"."GrantedAt" < @since60
) AND ("s"."Language" <> @values611 OR "s"."Language" IS NULL) AND (CAST("s"."Lot" AS INTEGER) * @factor + @shift) % 2147483647 < @before64 AND (CAST("s"."Lot" AS INTEGER) * @factor65 + @shift66) % 2147483647 >= @from67 AND (CAST("s"."Lot" AS INTEGER) * @factor65 + @shift66) % 2147483647 < @before70
