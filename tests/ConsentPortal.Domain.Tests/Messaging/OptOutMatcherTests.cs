using CsCheck;
using ConsentPortal.Domain.Messaging.Keywords;

namespace ConsentPortal.Domain.Tests.Messaging;

public sealed class OptOutMatcherTests
{
    private static readonly string[] Pieces =
        ["stop", "st", "op", " ", "don't ", "end of ", "the ", "opt", "out", "\uD83D", "\uFFFF", "中", "중지", "\u0301", "quit smoking ", "no more ", "wrong number"];

    /// <summary>The words that end consent in each language, as its people write them; every one as the whole text.</summary>
    public static TheoryData<string, string> StopWords => Words(
        ("en", "STOP QUIT END REVOKE OPT-OUT CANCEL UNSUBSCRIBE STOPALL OPTOUT REMOVE TD"),
        ("fr", "ARRET ARRÊT ARRETER ARRÊTEZ ARRETE DESABONNER DÉSABONNER DESINSCRIRE DÉSINSCRIPTION ANNULER FIN STOP"),
        ("es", "ALTO PARAR PARE DETENER CANCELAR BAJA DAR-DE-BAJA NO-MAS NO-MÁS TERMINAR STOP"),
        ("pt", "PARAR PARE CANCELAR SAIR REMOVER NAO-QUERO NÃO-QUERO STOP"),
        ("de", "STOPP STOP ABMELDEN ABBESTELLEN BEENDEN KUENDIGEN KÜNDIGEN ABBRECHEN ENDE AUSTRAGEN"),
        ("it", "FERMA BASTA ANNULLA CANCELLA CANCELLAMI DISISCRIVI DISISCRIVIMI STOP"),
        ("nl", "STOP AFMELDEN UITSCHRIJVEN STOPPEN EINDE OPZEGGEN"),
        ("pl", "STOP REZYGNUJE REZYGNUJĘ WYPISZ"), ("sv", "STOPP AVSLUTA"), ("da", "STOP AFMELD"), ("nb", "STOPP AVMELD"), ("fi", "LOPETA PERU"),
        ("ru", "СТОП ОТПИСАТЬСЯ"), ("uk", "СТОП ВІДПИСАТИСЯ"), ("tr", "DUR İPTAL IPTAL RET"), ("ar", "توقف الغاء إلغاء"),
        ("zh", "停止 退订 退訂 取消 TD T"), ("ja", "停止 解除"), ("ko", "중지 거부 수신거부"), ("hi", "रोको बंद STOP"));

    /// <summary>HELP, START and YES of the languages that have words of their own for them.</summary>
    public static TheoryData<string, string, TextAction> OtherWords => new()
    {
        { "en", "HELP", TextAction.Help }, { "en", "INFO", TextAction.Help }, { "fr", "AIDE", TextAction.Help }, { "es", "AYUDA", TextAction.Help },
        { "pt", "AJUDA", TextAction.Help }, { "de", "HILFE", TextAction.Help }, { "it", "AIUTO", TextAction.Help }, { "nl", "HULP", TextAction.Help },
        { "pl", "POMOC", TextAction.Help }, { "sv", "HJÄLP", TextAction.Help }, { "da", "HJÆLP", TextAction.Help }, { "nb", "HJELP", TextAction.Help },
        { "fi", "APUA", TextAction.Help }, { "ru", "помощь", TextAction.Help }, { "uk", "допомога", TextAction.Help },
        { "en", "START", TextAction.OptIn }, { "en", "UNSTOP", TextAction.OptIn }, { "fr", "DÉBUT", TextAction.OptIn }, { "fr", "REPRENDRE", TextAction.OptIn },
        { "es", "INICIAR", TextAction.OptIn }, { "es", "ALTA", TextAction.OptIn }, { "pt", "VOLTAR", TextAction.OptIn }, { "de", "ANMELDEN", TextAction.OptIn },
        { "it", "INIZIA", TextAction.OptIn }, { "it", "ISCRIVI", TextAction.OptIn }, { "nl", "AANMELDEN", TextAction.OptIn },
        { "en", "YES", TextAction.Confirm }, { "fr", "OUI", TextAction.Confirm }, { "es", "SÍ", TextAction.Confirm }, { "pt", "SIM", TextAction.Confirm },
        { "de", "JA", TextAction.Confirm }, { "pl", "TAK", TextAction.Confirm }, { "ru", "да", TextAction.Confirm }, { "tr", "EVET", TextAction.Confirm },
        { "ar", "نعم", TextAction.Confirm }, { "zh", "是", TextAction.Confirm }, { "ja", "はい", TextAction.Confirm }, { "ko", "네", TextAction.Confirm }, { "hi", "हाँ", TextAction.Confirm },
    };

    [Theory]
    [MemberData(nameof(StopWords))]
    public void Stop_in_every_language_is_certain_whatever_its_case_and_dress(string language, string word)
    {
        foreach (var text in new[] { word, word.ToLowerInvariant(), $"  {word}. ", $"\"{word}\"!!", $"🛑 {word} 🛑", word.Replace('-', ' ') })
        {
            var meaning = OptOutMatcher.Match(text);
            Assert.True(meaning is { Action: TextAction.OptOut, Tier: "T1" or "T2" }, $"{language}: {text} was read as {meaning}");
        }
    }

    [Theory]
    [MemberData(nameof(OtherWords))]
    public void Help_start_and_yes_have_words_in_every_language(string language, string word, TextAction action) =>
        Assert.True(OptOutMatcher.Match(word).Action == action, $"{language}: {word} was read as {OptOutMatcher.Match(word)}");

    [Theory]
    [InlineData(" Stop. ")]
    [InlineData("STOPPPP!!")]
    [InlineData("opt-out")]
    public void Case_23_stop_in_any_dress_is_definitive(string text) => Is(text, TextAction.OptOut, "T1");

    [Fact]
    public void Case_26_dont_stop_changes_nothing() => Assert.Equal((TextAction.None, "T7"), (OptOutMatcher.Match("don't stop, love these").Action, OptOutMatcher.Match("don't stop, love these").Tier));

    [Theory]
    [InlineData("STOP")]
    [InlineData("Opt out")]
    [InlineData("optout")]
    [InlineData("quit")]
    [InlineData("END")]
    [InlineData("Revoke")]
    [InlineData("cancel")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("\"stop\"")]
    [InlineData("🛑 STOP 🛑")]
    [InlineData("s\u200bt\u200bop")]
    public void The_seven_words_end_it_however_they_are_written(string text) => Is(text, TextAction.OptOut, "T1");

    [Theory]
    [InlineData("STOP ALL")]
    [InlineData("Arrêt")]
    [InlineData("ARRET")]
    [InlineData("désabonner")]
    [InlineData("Baja")]
    [InlineData("dar de baja")]
    [InlineData("no más")]
    [InlineData("PARAR")]
    [InlineData("não quero")]
    [InlineData("Stopp")]
    [InlineData("KÜNDIGEN")]
    [InlineData("kuendigen")]
    [InlineData("Abmelden!")]
    [InlineData("BASTA")]
    [InlineData("cancellami")]
    [InlineData("afmelden")]
    [InlineData("rezygnuję")]
    [InlineData("avsluta")]
    [InlineData("peru")]
    [InlineData("СТОП")]
    [InlineData("отписаться")]
    [InlineData("відписатися")]
    [InlineData("iptal")]
    [InlineData("İPTAL")]
    [InlineData("توقف")]
    [InlineData("إلغاء")]
    [InlineData("停止")]
    [InlineData("退订")]
    [InlineData("解除")]
    [InlineData("중지")]
    [InlineData("रोको")]
    [InlineData("TD")]
    public void The_words_of_other_languages_end_it_too(string text) => Is(text, TextAction.OptOut, "T2");

    [Theory]
    [InlineData("please stop")]
    [InlineData("Stop now pls")]
    [InlineData("STOP all texts")]
    [InlineData("stop aurora")]
    [InlineData("stop stop stop")]
    [InlineData("Bitte STOPP")]
    [InlineData("por favor baja")]
    [InlineData("unsubscribe me please")]
    [InlineData("cancel these messages")]
    public void A_keyword_with_filler_ends_it(string text) =>
        Assert.Equal(TextAction.OptOut, OptOutMatcher.Match(text, "Aurora").Action);

    [Theory]
    [InlineData("Stop texting me!")]
    [InlineData("Don't text me again")]
    [InlineData("do not contact this number")]
    [InlineData("take me off your list")]
    [InlineData("Remove my number")]
    [InlineData("no more texts")]
    [InlineData("Leave me alone")]
    [InlineData("opt me out of this")]
    [InlineData("I'm not interested")]
    [InlineData("lose my number")]
    [InlineData("I did not sign up for this")]
    [InlineData("keine Werbung mehr")]
    [InlineData("no quiero recibir más")]
    [InlineData("Ne m'envoyez plus rien")]
    [InlineData("stop the texts")]
    [InlineData("Wrong number")]
    [InlineData("please don't send me any more of this")]
    [InlineData("Don't call me again")]
    [InlineData("you never stop texting me")]
    [InlineData("I can't stop these messages, take me off")]
    [InlineData("Bitte keine Nachrichten mehr")]
    [InlineData("melden Sie mich bitte ab? Melden sie mich ab!")]
    [InlineData("não me mande mais mensagens")]
    [InlineData("non voglio più messaggi")]
    [InlineData("stuur me geen sms")]
    [InlineData("proszę nie wysyłać")]
    [InlineData("sluta skicka sms")]
    [InlineData("stop med at sende")]
    [InlineData("больше не пишите мне")]
    [InlineData("не надсилайте мені нічого")]
    [InlineData("mesaj atmayın")]
    [InlineData("لا ترسل لي رسائل")]
    [InlineData("falsche Nummer, sorry")]
    [InlineData("número equivocado")]
    public void A_sentence_that_means_stop_ends_it(string text) => Is(text, TextAction.OptOut, "T4");

    [Theory]
    [InlineData("stpo")]
    [InlineData("sotp")]
    [InlineData("Stp")]
    [InlineData("unsubcribe")]
    [InlineData("unsuscribe pls")]
    [InlineData("cancle")]
    [InlineData("qiut")]
    public void One_wrong_letter_still_ends_it(string text) => Is(text, TextAction.OptOut, "T5");

    [Theory]
    [InlineData("I will call my lawyer")]
    [InlineData("this is a TCPA violation")]
    [InlineData("can you cancel my order")]
    [InlineData("cancel my appointment tomorrow")]
    [InlineData("yes but stop the weekly ones")]
    [InlineData("how do I unsubscribe from the newsletter only?")]
    [InlineData("I told you to stop yesterday")]
    [InlineData("you people are spamming")]
    [InlineData("don't send the blue one")]
    [InlineData("stop 5")]
    [InlineData("请停止发送短信给我")]
    [InlineData("取消预约")]
    [InlineData("配信を停止してください")]
    [InlineData("문자 중지해 주세요")]
    [InlineData("das ist Spam, ich gehe zum Anwalt")]
    public void What_may_mean_stop_waits_for_a_person(string text) => Is(text, TextAction.Review, "T6");

    [Theory]
    [InlineData("don't stop, love these")]
    [InlineData("Dont stop")]
    [InlineData("non-stop fun")]
    [InlineData("I'm at the bus stop")]
    [InlineData("end of month works for me")]
    [InlineData("any quit smoking tips")]
    [InlineData("I'll stop by tomorrow")]
    [InlineData("see you at the end of the week")]
    [InlineData("one stop shop")]
    [InlineData("can't stop wearing it")]
    [InlineData("when does the sale end?")]
    [InlineData("weekend")]
    [InlineData("shop")]
    [InlineData("step")]
    [InlineData("top")]
    [InlineData("quiet")]
    [InlineData("quite")]
    [InlineData("cancer")]
    [InlineData("care")]
    [InlineData("para")]
    [InlineData("alta")]
    [InlineData("thanks")]
    [InlineData("ok")]
    [InlineData("no")]
    [InlineData("great shoes!")]
    [InlineData("what time do you open?")]
    [InlineData("is it 1000 or 100?")]
    [InlineData("the end")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("😀😀😀")]
    [InlineData("love it")]
    [InlineData("my daughter is four")]
    [InlineData("gracias")]
    [InlineData("merci beaucoup")]
    [InlineData("vielen Dank")]
    [InlineData("Peru is beautiful")]
    [InlineData("meet me at Alto street")]
    [InlineData("call me later")]
    [InlineData("running late, 5 min")]
    [InlineData("where is my parcel")]
    [InlineData("size 42 please")]
    [InlineData("who is this")]
    [InlineData("is the store open on Sunday")]
    [InlineData("do you ship to Canada")]
    [InlineData("the red one")]
    [InlineData("see you soon")]
    [InlineData("new phone who dis")]
    [InlineData("I want to return it")]
    [InlineData("price?")]
    [InlineData("got it")]
    [InlineData("sounds good")]
    [InlineData("haha")]
    [InlineData("lol")]
    [InlineData("tomorrow")]
    [InlineData("maybe")]
    [InlineData("good morning")]
    [InlineData("please call me")]
    [InlineData("thank you so much")]
    [InlineData("when will it be back in stock")]
    [InlineData("do you have it in blue")]
    [InlineData("awesome")]
    [InlineData("see attached")]
    [InlineData("ETA?")]
    [InlineData("hola")]
    [InlineData("Qui ?")]
    [InlineData("Is top!")]
    [InlineData("so top")]
    [InlineData("Stor")]
    [InlineData("sto")]
    [InlineData("remote")]
    [InlineData("Terminal?")]
    [InlineData("shoppen!")]
    [InlineData("Cancello")]
    [InlineData("don't stop texting me, I love it")]
    [InlineData("Don't text and drive")]
    [InlineData("Don't call me before 5, I'm at work")]
    [InlineData("Don't bother, I found it")]
    [InlineData("não mande ainda")]
    [InlineData("Ich bekomme keine SMS mehr, warum?")]
    [InlineData("Je ne reçois plus de messages")]
    [InlineData("I get no more texts from you, why?")]
    [InlineData("Ende gut, alles gut")]
    [InlineData("Wann ist das Ende der Aktion?")]
    [InlineData("Non-Stop geöffnet?")]
    [InlineData("wo ist die Haltestelle")]
    [InlineData("Ich komme etwas später")]
    [InlineData("Le bus s'arrete où ?")]
    [InlineData("à la fin du mois")]
    [InlineData("Combien ça coûte ?")]
    [InlineData("La parada de autobús está lejos")]
    [InlineData("¿A qué hora abren mañana?")]
    [InlineData("una talla más baja")]
    [InlineData("hasta el fin de semana")]
    [InlineData("Vou sair às 5")]
    [InlineData("Obrigado, até amanhã")]
    [InlineData("Non è abbastanza")]
    [InlineData("ferma il treno qui?")]
    [InlineData("Grazie mille!")]
    [InlineData("tot het einde van de week")]
    [InlineData("Dank je wel")]
    [InlineData("Dziękuję bardzo")]
    [InlineData("Do zobaczenia jutro")]
    [InlineData("Tack så mycket")]
    [InlineData("Kan jag betala med kort?")]
    [InlineData("Tak for hjælpen")]
    [InlineData("Kiitos paljon")]
    [InlineData("Спасибо большое")]
    [InlineData("во сколько вы открываетесь?")]
    [InlineData("Дякую!")]
    [InlineData("Teşekkürler, görüşürüz")]
    [InlineData("شكرا جزيلا")]
    [InlineData("谢谢你")]
    [InlineData("几点开门？")]
    [InlineData("ありがとうございます")]
    [InlineData("거북이 인형 있어요?")]
    [InlineData("감사합니다")]
    [InlineData("धन्यवाद")]
    [InlineData("booking for 2 at 7pm please")]
    [InlineData("can we move it to Thursday?")]
    [InlineData("end of the line")]
    [InlineData("the cat quit the room")]
    [InlineData("Table for four, names Stopford")]
    [InlineData("my PIN is 7867")]
    [InlineData("1-800-555-0100")]
    [InlineData("👍")]
    [InlineData("❤️❤️")]
    [InlineData("🛑?")]
    [InlineData(":-)")]
    [InlineData("You sent the wrong number of socks")]
    [InlineData("wrong number of items in the parcel")]
    [InlineData("I think you have the wrong number of nights")]
    [InlineData("The wrong phone was delivered")]
    [InlineData("This is the wrong phone, I ordered the blue one")]
    [InlineData("The wrong person picked up my order")]
    [InlineData("you have the wrong size in stock")]
    [InlineData("My invoice shows the wrong number")]
    [InlineData("Falsche Nummer auf der Rechnung")]
    public void Ordinary_texts_never_end_it(string text) => Assert.NotEqual(TextAction.OptOut, OptOutMatcher.Match(text).Action);

    [Theory]
    [InlineData("HELP", TextAction.Help)]
    [InlineData("help me please", TextAction.Help)]
    [InlineData("INFO", TextAction.Help)]
    [InlineData("Hilfe", TextAction.Help)]
    [InlineData("ayuda", TextAction.Help)]
    [InlineData("START", TextAction.OptIn)]
    [InlineData("unstop", TextAction.OptIn)]
    [InlineData("Join", TextAction.OptIn)]
    [InlineData("YES", TextAction.Confirm)]
    [InlineData("yes please!", TextAction.Confirm)]
    [InlineData("Sí", TextAction.Confirm)]
    [InlineData("JA", TextAction.Confirm)]
    [InlineData("oui merci", TextAction.Confirm)]
    [InlineData("はい", TextAction.Confirm)]
    public void Help_start_and_yes_are_read_in_every_language(string text, TextAction action) => Assert.Equal(action, OptOutMatcher.Match(text).Action);

    [Theory]
    [InlineData("sorry, wrong number")]
    [InlineData("Wrong person")]
    [InlineData("Hi, wrong number I'm afraid")]
    [InlineData("I think you have the wrong number")]
    [InlineData("You've got the wrong person, I'm Ben")]
    [InlineData("u are texting the wrong phone")]
    [InlineData("this is the wrong number for Anna")]
    [InlineData("wrong phone number")]
    [InlineData("Sie haben die falsche Nummer")]
    public void A_wrong_number_ends_a_consent_that_was_somebody_elses(string text) => Assert.True(OptOutMatcher.Match(text).IsWrongNumber);

    [Fact]
    public void Ten_thousand_characters_are_read_to_their_end()
    {
        var story = string.Concat(Enumerable.Repeat("lovely ", 1_500));
        Assert.Equal(TextAction.None, OptOutMatcher.Match(story).Action);
        Assert.Equal((TextAction.OptOut, "T4"), (OptOutMatcher.Match(story + "so stop texting me").Action, OptOutMatcher.Match(story + "so stop texting me").Tier));
    }

    [Fact]
    public void Any_sequence_of_characters_gets_an_answer() =>
        Gen.Char.Array[0, 10_000].Sample(text => OptOutMatcher.Match(new string(text), "Aurora") is not null, iter: 200);

    [Fact]
    public void Pieces_of_keywords_in_any_order_get_an_answer() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 60].Sample(pieces => OptOutMatcher.Match(string.Concat(pieces.Select(i => Pieces[i]))) is not null, iter: 2_000);

    [Theory]
    [InlineData("stop ")]
    [InlineData("dont stop ")]
    [InlineData("end of the ")]
    [InlineData("i want to ")]
    [InlineData("停止")]
    [InlineData("a")]
    public void A_text_ten_times_as_long_takes_about_ten_times_as_long(string piece)
    {
        var (shorter, longer) = (Cost(string.Concat(Enumerable.Repeat(piece, 100))), Cost(string.Concat(Enumerable.Repeat(piece, 1_000))));
        // A quadratic reading would take a hundred times as long; a busy machine may take its share of the rest.
        Assert.True(longer < (shorter * 50) + TimeSpan.FromMilliseconds(20), $"{shorter} and {longer}");
    }

    private static TimeSpan Cost(string text) => Enumerable.Range(0, 5).Select(_ =>
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        OptOutMatcher.Match(text);
        return System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }).Min();

    private static TheoryData<string, string> Words(params (string Language, string Words)[] lists)
    {
        var data = new TheoryData<string, string>();
        foreach (var (language, words) in lists)
        {
            foreach (var word in words.Split(' '))
                data.Add(language, word);
        }

        return data;
    }

    private static void Is(string text, TextAction action, string tier)
    {
        var meaning = OptOutMatcher.Match(text, "Aurora");
        Assert.Equal((action, tier), (meaning.Action, meaning.Tier));
        Assert.NotNull(meaning.Rule);
        Assert.NotNull(meaning.Matched);
    }
}
