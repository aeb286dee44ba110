"""Sentences about ceasefires in other languages, and English ones about other things, all written for these tests."""

from __future__ import annotations

FOREIGN: dict[str, tuple[str, ...]] = {
    "Arabic": (
        "وصل الوسطاء إلى العاصمة لبحث شروط الهدنة بين الطرفين.",
        "قالت الوزارة إن وقف إطلاق النار ما زال صامدا رغم الخروقات.",
        "لا أحد في القرية يصدق أن القتال سيتوقف قريبا.",
    ),
    "Chinese": (
        "双方代表星期三在边境小镇继续谈判。",
        "村民们说，停火协议生效以后枪声还是没有停。",
        "调解人表示，新方案有望在本周内签署。",
    ),
    "Dutch": (
        "De onderhandelaars zijn het in Caïro nog niet eens over de duur van het bestand.",
        "In de stad was het na een week van beschietingen weer stil.",
        "Volgens Hamas is het staakt-het-vuren in Gaza door Israël geschonden.",
    ),
    "French": (
        "Le cessez-le-feu tient depuis mardi, mais personne n'ose encore rouvrir son magasin.",
        "La délégation est repartie de Doha sans accord ni date pour la suite.",
        "Au Liban, le Hezbollah et Israël s'accusent d'avoir violé la trêve.",
    ),
    "German": (
        "Die Waffenruhe hält seit Dienstag, doch kaum jemand wagt sich auf den Markt.",
        "In Kiew hieß es, Moskau habe den Vorschlag noch in der Nacht abgelehnt.",
        "Der Vermittler war mit dem Stand der Gespräche in Genf zufrieden.",
    ),
    "Hebrew": (
        "הצדדים הסכימו לחדש את השיחות ביום ראשון הקרוב.",
        "תושבי האזור אינם מאמינים שהפסקת האש תחזיק מעמד.",
        "המתווך מסר כי הטיוטה החדשה התקבלה בחיוב.",
    ),
    "Indonesian": (
        "Gencatan senjata di wilayah utara sudah berjalan tiga hari tanpa tembakan.",
        "Kedua pihak menolak usulan baru yang dibawa para perunding.",
        "Warga desa berharap perundingan di Jakarta segera membuahkan hasil.",
    ),
    "Italian": (
        "La tregua regge da martedì, ma nei villaggi nessuno si fida ancora.",
        "I mediatori sono tornati a Ginevra con una nuova bozza di accordo.",
        "A Gaza Hamas e Israele si accusano di non rispettare il patto.",
    ),
    "Japanese": (
        "停戦は三日目に入ったが、住民はまだ家に戻っていない。",
        "仲介役は来週にも合意できるとの見方を示した。",
        "両国の代表団は会談の場所をめぐって対立している。",
    ),
    "Polish": (
        "Rozejm obowiązuje od wtorku, ale w okopach nikt w niego nie wierzy.",
        "Delegacje wróciły do stołu rozmów po dwóch tygodniach przerwy.",
        "W Moskwie odrzucono propozycję jeszcze tego samego dnia.",
    ),
    "Portuguese": (
        "A trégua foi prorrogada por mais uma semana, anunciou o governo.",
        "Os dois lados trocam acusações e as conversas em Havana estão paradas.",
        "No vale, as escolas abriram as portas pela primeira vez desde maio.",
    ),
    "Russian": (
        "Стороны договорились продлить перемирие ещё на две недели.",
        "В деревне не верят, что обстрелы прекратятся до зимы.",
        "Переговоры в Женеве снова отложены по просьбе посредников.",
    ),
    "Spanish": (
        "El alto el fuego se mantiene, aunque en el pueblo casi nadie se fía.",
        "Los mediadores llegaron a La Habana con un borrador de doce puntos.",
        "Israel no ha dicho si va a aceptar la tregua en Gaza.",
    ),
    "Swahili": (
        "Pande zote mbili zimekubali kusitisha mapigano kwa wiki mbili.",
        "Wakazi wa kijiji hicho hawaamini kwamba amani itadumu.",
        "Mazungumzo mjini Nairobi yamevunjika bila makubaliano.",
    ),
    "Swedish": (
        "Vapenvilan har hållit i tre dagar, men ingen vågar hoppas för mycket.",
        "Parterna är inte överens om hur fångarna ska lämnas över.",
        "I dag fortsätter samtalen i Oslo mellan regeringen och rebellerna.",
    ),
    "Turkish": (
        "Taraflar ateşkesi iki hafta daha uzatmak için anlaştı.",
        "Köylüler silahların susacağına artık inanmıyor.",
        "Cenevre'deki görüşmeler sonuç alınmadan sona erdi.",
    ),
    "Ukrainian": (
        "Перемир'я тримається третій день, але люди не поспішають додому.",
        "Посередники привезли до столиці новий проєкт угоди.",
        "У селі кажуть, що стрілянина так і не вщухла.",
    ),
}

# Written after the limit for unfamiliar text had been settled, and measured once.
FRESH: dict[str, tuple[str, ...]] = {
    "Afrikaans": (
        "Die wapenstilstand hou al drie dae, maar niemand in die dorp is gerus nie.",
        "In Pretoria was die onderhandelaars gister weer bymekaar.",
    ),
    "Catalan": (
        "La treva es manté des de dimarts, però ningú no torna a casa.",
        "Els mediadors han arribat a Ginebra amb una proposta nova.",
    ),
    "Czech": ("Příměří platí od úterý, ale lidé v údolí mu nevěří.", "Jednání v Ženevě skončila bez výsledku."),
    "Danish": (
        "Våbenhvilen har holdt i tre dage, men i byen er der stadig uro.",
        "Mæglerne var i Kairo for at tale med begge parter.",
    ),
    "Finnish": (
        "Aselepo on pitänyt tiistaista lähtien, mutta kylässä pelätään yhä.",
        "Neuvottelut jatkuvat Genevessä ensi viikolla.",
    ),
    "Greek": (
        "Η εκεχειρία τηρείται από την Τρίτη, αλλά κανείς δεν την εμπιστεύεται.",
        "Οι συνομιλίες στη Γενεύη αναβλήθηκαν ξανά.",
    ),
    "Hindi": ("युद्धविराम तीन दिन से कायम है, पर गाँव में डर बना हुआ है।", "दोनों पक्ष अगले हफ्ते फिर बात करेंगे।"),
    "Hungarian": (
        "A tűzszünet kedd óta tart, de a faluban senki sem bízik benne.",
        "A közvetítők új javaslattal érkeztek Genfbe.",
    ),
    "Korean": (
        "휴전은 사흘째 이어지고 있지만 주민들은 여전히 불안해한다.",
        "양측 대표단은 다음 주에 다시 만나기로 했다.",
    ),
    "Norwegian": (
        "Våpenhvilen har holdt siden tirsdag, men i Gaza er det fortsatt uro.",
        "I Oslo sier meklerne at det er for tidlig å håpe.",
    ),
    "Persian": ("آتش‌بس از سه‌شنبه برقرار است اما کسی به آن اعتماد ندارد.", "گفت‌وگوها در ژنو بدون نتیجه پایان یافت."),
    "Romanian": (
        "Armistițiul ține de marți, dar în sat nimeni nu are încredere.",
        "Delegația a plecat de la Geneva fără un acord.",
    ),
    "Tagalog": (
        "Tatlong araw nang walang putukan sa lambak ngunit takot pa rin ang mga tao.",
        "Babalik sa Doha ang mga tagapamagitan sa susunod na linggo.",
    ),
    "Vietnamese": (
        "Lệnh ngừng bắn đã được giữ ba ngày nhưng dân làng vẫn chưa dám về.",
        "Hai bên sẽ gặp lại nhau tại Geneva vào tuần tới.",
    ),
}

ENGLISH = (
    "The bakery on the corner has sold out of rye bread again.",
    "Ministers will publish the new school timetable on Thursday.",
    "Heavy rain is expected along the coast, with floods possible inland.",
    "She scored twice in the second half and was cheered off the pitch.",
    "Researchers measured how quickly the glacier has lost ice since the eighties.",
    "The court found that the company had misled its shareholders.",
    "A museum of clocks has opened in the old railway station.",
    "Nobody at the hospital would say when the lifts might be repaired.",
    "Haddad agreed.",
    "Ceasefire now!",
    "Talks in Doha",
    "Truce?",
)
