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
.param set @at 639311364000000000
.param set @purpose13 X'0193A000000070008000000000000001'
.param set @at14 639311364000000000
.param set @purpose15 X'0193A000000070008000000000000001'
.param set @at16 639311364000000000
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
.param set @id36 3
.param set @start 639310752000000000
.param set @over 639317664000000000
.param set @id39 3
.param set @over40 639232992000000000
.param set @id41 5
.param set @sought ';RED;'
.param set @sought43 ';ÉTÉ;'
.param set @id44 5
.param set @sought45 ';GREEN;'
.param set @sought46 ';GREY;'
.param set @values471 'America/New_York'
.param set @values472 'Europe/Paris'
.param set @id48 4
.param set @value49 1.0
.param set @list X'0193A000000070008000000000000002'
.param set @first51 639285444000000000
.param set @campaign X'0193A000000070008000000000000003'
.param set @first53 639028404000000000
.param set @end 639055188000000000
.param set @kind56 3
.param set @first57 639285444000000000
.param set @kind58 3
.param set @campaign59 X'0193A000000070008000000000000003'
.param set @kind61 4
.param set @kind63 4
.param set @first64 639233604000000000
.param set @times65 2
.param set @first66 639233604000000000
.param set @end67 3155378975999999999
.param set @first68 639028404000000000
.param set @end69 3155378975999999999
.param set @kind71 1
.param set @purpose72 X'0193A000000070008000000000000001'
.param set @at73 639311364000000000
.param set @since74 639285444000000000
.param set @purpose75 X'0193A000000070008000000000000001'
.param set @at76 639311364000000000
.param set @since77 638996004000000000
.param set @values781 'fr'
.param set @factor 1196551413
.param set @shift 1887023944
.param set @before81 214748364
.param set @factor82 1196551413
.param set @shift83 1887023944
.param set @from84 214748364
.param set @before87 644245094
.param set @first88 639028404000000000
.param set @end89 3155378975999999999
.param set @first90 639028404000000000
.param set @end91 639055188000000000
.param set @purpose92 X'0193A000000070008000000000000001'
.param set @at93 639311364000000000
.param set @first94 0
.param set @end95 639055188000000000
.param set @purpose96 X'0193A000000070008000000000000001'
.param set @at97 639311364000000000
.param set @first98 639028404000000000
.param set @end99 3155378975999999999
.param set @id100 3
.param set @id103 4

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" IN (@values1, @values2) AND "s"."DeclaredRegion" = @country AND "s"."DeclaredState" = @state AND "s"."Language" = @values31 AND "s"."Source" = @values41 AND "s"."LineType" = @values51 AND ("s"."Frequency" = @values61 OR "s"."CreatedAt" >= @since OR "s"."LastTextAt" IS NULL OR "s"."LastTextAt" < @since8) AND "s"."Id" NOT IN (
    SELECT "c"."SubscriberId"
    FROM "ConsentRecords" AS "c"
    WHERE "c"."PurposeId" = @purpose AND "c"."Status" = @status
) AND "s"."Id" NOT IN (
    SELECT "c0"."SubscriberId"
    FROM "ConsentRecords" AS "c0"
    WHERE "c0"."PurposeId" = @purpose11 AND ("c0"."Status" = 4 OR ("c0"."Status" = 2 AND "c0"."ExpiresAt" <= @at))
) AND "s"."Id" IN (
    SELECT "c1"."SubscriberId"
    FROM "ConsentRecords" AS "c1"
    WHERE "c1"."PurposeId" = @purpose13 AND "c1"."Status" = 2 AND ("c1"."ExpiresAt" IS NULL OR "c1"."ExpiresAt" > @at14)
) AND "s"."Id" IN (
    SELECT "c2"."SubscriberId"
    FROM "ConsentRecords" AS "c2"
    WHERE "c2"."PurposeId" = @purpose15 AND "c2"."Status" = 2 AND ("c2"."ExpiresAt" IS NULL OR "c2"."ExpiresAt" > @at16) AND "c2"."WordingId" IN (
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
    WHERE "s4"."AttributeId" = @id36 AND "s4"."Date" >= @start AND "s4"."Date" < @over
) AND "s"."Id" IN (
    SELECT "s5"."SubscriberId"
    FROM "SubscriberAttributes" AS "s5"
    WHERE "s5"."AttributeId" = @id39 AND "s5"."Date" < @over40
) AND "s"."Id" IN (
    SELECT "s6"."SubscriberId"
    FROM "SubscriberAttributes" AS "s6"
    WHERE "s6"."AttributeId" = @id41 AND "s6"."FoldedText" IS NOT NULL AND (instr("s6"."FoldedText", @sought) > 0 OR instr("s6"."FoldedText", @sought43) > 0)
) AND "s"."Id" IN (
    SELECT "s7"."SubscriberId"
    FROM "SubscriberAttributes" AS "s7"
    WHERE "s7"."AttributeId" = @id44 AND "s7"."FoldedText" IS NOT NULL AND instr("s7"."FoldedText", @sought45) <= 0 AND instr("s7"."FoldedText", @sought46) <= 0
) AND "s"."DeclaredZone" IN (@values471, @values472) AND "s"."Id" IN (
    SELECT "s8"."SubscriberId"
    FROM "SubscriberAttributes" AS "s8"
    WHERE "s8"."AttributeId" = @id48 AND "s8"."Number" = @value49
) AND "s"."Id" IN (
    SELECT "s9"."SubscriberId"
    FROM "SegmentMembers" AS "s9"
    WHERE "s9"."SegmentId" = @list
) AND "s"."Id" IN (
    SELECT "o"."SubscriberId"
    FROM "OutboundMessages" AS "o"
    WHERE "o"."Kind" = 1 AND "o"."SentAt" IS NOT NULL AND "o"."State" <> 1 AND "o"."State" <> 2 AND "o"."State" <> 8 AND "o"."SentAt" >= @first51
) AND "s"."Id" NOT IN (
    SELECT "o0"."SubscriberId"
    FROM "OutboundMessages" AS "o0"
    WHERE "o0"."Kind" = 1 AND "o0"."SentAt" IS NOT NULL AND "o0"."State" <> 1 AND "o0"."State" <> 2 AND "o0"."State" <> 8 AND "o0"."CampaignId" = @campaign AND "o0"."SentAt" >= @first53 AND "o0"."SentAt" < @end
) AND "s"."Id" IN (
    SELECT "c5"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_At_SubscriberId_Amount"
    ) AS "c5"
    WHERE "c5"."Kind" = @kind56 AND "c5"."At" >= @first57
) AND "s"."Id" NOT IN (
    SELECT "s10"."SubscriberId"
    FROM "SubscriberFacts" AS "s10"
    WHERE "s10"."Kind" = @kind58 AND "s10"."CampaignId" = @campaign59
) AND "s"."Id" IN (
    SELECT "c6"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c6"
    WHERE "c6"."Kind" = @kind61
) AND "s"."Id" NOT IN (
    SELECT "c7"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c7"
    WHERE "c7"."Kind" = @kind63 AND "c7"."At" >= @first64
    GROUP BY "c7"."SubscriberId"
    HAVING COUNT(*) >= @times65
) AND "s"."LastEngagedAt" IS NOT NULL AND "s"."LastEngagedAt" >= @first66 AND "s"."LastEngagedAt" < @end67 AND ("s"."LastEngagedAt" < @first68 OR "s"."LastEngagedAt" >= @end69) AND "s"."Id" NOT IN (
    SELECT "c8"."SubscriberId"
    FROM (
        SELECT * FROM "SubscriberFacts" INDEXED BY "IX_SubscriberFacts_Kind_SubscriberId_At_Amount"
    ) AS "c8"
    WHERE "c8"."Kind" = @kind71
) AND "s"."Id" IN (
    SELECT "c9"."SubscriberId"
    FROM "ConsentRecords" AS "c9"
    WHERE "c9"."PurposeId" = @purpose72 AND "c9"."Status" = 2 AND ("c9"."ExpiresAt" IS NULL OR "c9"."ExpiresAt" > @at73) AND "c9"."GrantedAt" >= @since74
) AND "s"."Id" IN (
    SELECT "c10"."SubscriberId"
    FROM "ConsentRecords" AS "c10"
    WHERE "c10"."PurposeId" = @purpose75 AND "c10"."Status" = 2 AND ("c10"."ExpiresAt" IS NULL OR "c10"."ExpiresAt" > @at76) AND "c10"."GrantedAt" < @since77
) AND ("s"."Language" <> @values781 OR "s"."Language" IS NULL) AND (CAST("s"."Lot" AS INTEGER) * @factor + @shift) % 2147483647 < @before81 AND (CAST("s"."Lot" AS INTEGER) * @factor82 + @shift83) % 2147483647 >= @from84 AND (CAST("s"."Lot" AS INTEGER) * @factor82 + @shift83) % 2147483647 < @before87 AND "s"."CreatedAt" >= @first88 AND "s"."CreatedAt" < @end89 AND ("s"."CreatedAt" < @first90 OR "s"."CreatedAt" >= @end91) AND "s"."Id" IN (
    SELECT "c11"."SubscriberId"
    FROM "ConsentRecords" AS "c11"
    WHERE "c11"."PurposeId" = @purpose92 AND "c11"."Status" = 2 AND ("c11"."ExpiresAt" IS NULL OR "c11"."ExpiresAt" > @at93) AND "c11"."GrantedAt" >= @first94 AND "c11"."GrantedAt" < @end95
) AND "s"."Id" IN (
    SELECT "c12"."SubscriberId"
    FROM "ConsentRecords" AS "c12"
    WHERE "c12"."PurposeId" = @purpose96 AND "c12"."Status" = 2 AND ("c12"."ExpiresAt" IS NULL OR "c12"."ExpiresAt" > @at97) AND ("c12"."GrantedAt" < @first98 OR "c12"."GrantedAt" >= @end99)
) AND "s"."Id" IN (
    SELECT "s11"."SubscriberId"
    FROM "SubscriberAttributes" AS "s11"
    WHERE "s11"."AttributeId" = @id100 AND "s11"."FoldedText" IS NOT NULL
    UNION ALL
    SELECT "s12"."SubscriberId"
    FROM "SubscriberAttributes" AS "s12"
    WHERE "s12"."AttributeId" = @id100 AND "s12"."Number" IS NOT NULL
    UNION ALL
    SELECT "s13"."SubscriberId"
    FROM "SubscriberAttributes" AS "s13"
    WHERE "s13"."AttributeId" = @id100 AND "s13"."Date" IS NOT NULL
) AND "s"."Id" NOT IN (
    SELECT "s14"."SubscriberId"
    FROM "SubscriberAttributes" AS "s14"
    WHERE "s14"."AttributeId" = @id103 AND "s14"."FoldedText" IS NOT NULL
    UNION ALL
    SELECT "s15"."SubscriberId"
    FROM "SubscriberAttributes" AS "s15"
    WHERE "s15"."AttributeId" = @id103 AND "s15"."Number" IS NOT NULL
    UNION ALL
    SELECT "s16"."SubscriberId"
    FROM "SubscriberAttributes" AS "s16"
    WHERE "s16"."AttributeId" = @id103 AND "s16"."Date" IS NOT NULL
)
