//! Words that are inflected in Russian and its neighbours, by their stems and endings.

/// Stems of words that are inflected in Russian and its neighbours, as romanised, and their meaning.
pub(super) const STEMS: &str = "nauchn=scientific naukov=scientific navukov=scientific issledovatelsk=research doslidn=research proizvodstvenn=production \
    vyrobnych=production konstruktorsk=design opytn=experimental eksperimentaln=experimental tekhnichesk=technology tehnichesk=technology \
    tekhnologichesk=technology gosudarstvenn=state derzhavn=state federaln=federal respublikansk=republic unitarn=unitary byudzhetn=budget \
    obrazovateln=education uchrezhdeni=institution universitet=university predpriat=enterprise obedineni=association obshchestv=company \
    kompani=company korporats=corporation grupp=group zavod=plant kombinat=plant fabrik=plant byur=bureau institut=institute \
    tsentr=center tsentraln=central moskovsk=moscow sibirsk=siberia uralsk=ural krymsk=crimea rossiisk=russia vserossiisk=russia \
    belorussk=belarus belarusk=belarus ukrainsk=ukraine mezhdunarodn=international natsionaln=national torgov=trading kommerchesk=trading \
    promyshlenn=industry bankovsk=bank finansov=finance strakhov=insurance investitsionn=investment upravlaiushch=management \
    mashinostroiteln=machine+construction mashinostroeni=machine+construction priborostroiteln=instrument+construction \
    priborostroeni=instrument+construction sudostroiteln=shipbuilding sudostroeni=shipbuilding sudoremontn=shipbuilding \
    aviastroiteln=aircraft+construction stroiteln=construction stroitelstv=construction montazhn=assembly remontn=repair \
    aviatsionn=aviation avtomobiln=automobile vertoletn=helicopter raketn=missile kosmichesk=space morsk=marine rechn=river transportn=transport \
    zheleznodorozhn=railway dorozhn=road vozdushn=air metallurgichesk=metal khimichesk=chemical neftekhimichesk=petrochemical neftian=oil \
    neftegazov=oil+gas gazov=gas ugoln=coal gorn=mining rudn=mining energetichesk=energy elektrichesk=electric elektronn=electronics \
    elektrotekhnichesk=electric+technology radiotekhnichesk=radio+technology radioelektronn=radio+electronics optichesk=optical \
    mekhanichesk=mechanical priborn=instrument vychisliteln=computer informatsionn=information programmn=software tochn=precision \
    spetsialn=special spetsializirovann=special voenn=military oboronn=defense oboron=defense bezopasn=security sviaz=communication \
    radiosviaz=radio+communication sistem=system tekhnologi=technology tehnologi=technology tekhnik=technology materialov=materials \
    material=materials oborudovani=equipment dvigatel=engine dvigatelestroiteln=engine+construction instrumentaln=tool stankostroiteln=machine+tool+construction \
    khimi=chemical fizik=physics fizichesk=physics biologichesk=biology meditsinsk=medical farmatsevtichesk=pharmaceutical pishchev=food \
    selskokhoziaistvenn=agricultural agrarn=agricultural lesn=forest narodn=people obshchestvenn=public molodezhn=youth vostochn=east \
    dalnevostochn=far+east severn=north zapadn=west iuzhn=south novi=new perv=first mirov=world organizatsi=organization assotsiatsi=association \
    akademi=academy laboratori=laboratory litein=casting akkumuliatorn=battery shinn=tyre traktorn=tractor podvodn=underwater \
    venchurn=venture imperi=imperial antiglobalist=antiglobalization dvizheni=movement soprotivleni=resistance osvobozhdeni=liberation \
    proektn=design finansirovani=finance logistik=logistics logistichesk=logistics uslug=services kapital=capital razviti=development \
    issledovani=research razrabotk=development proizvodstv=production ispytani=testing ispytateln=testing avtomatik=automation \
    avtomatizatsi=automation telekommunikatsi=communication elektronik=electronics mikroelektronik=microelectronics komponent=component \
    lazern=laser komponentn=component produktsi=product bazov=basic kuznechn=forge pressov=press shtampovochn=press krayev=regional kraev=regional \
    oblastn=regional raionn=district gorodsk=city municipaln=municipal munitsipaln=municipal infrastrukturn=infrastructure konsaltingov=consulting \
    mnogoprofiln=multi spetsialist=special obogatiteln=mining gornodobyvaiushch=mining obogashcheni=mining ugledobyvaiushch=coal rudnik=mine \
    shakht=mine almazn=diamond zolot=golden zolotodobyvaiushch=golden+mining metalloobrabatyvaiushch=metal prokatn=rolling  \
    staleliteyn=steel+casting chugunn=iron trubn=pipe truboprokatn=pipe+rolling truboprovodn=pipeline kabeln=cable podshipnikov=bearing \
    motorn=engine motorostroiteln=engine+construction dizeln=diesel turbin=turbine turbinn=turbine kotel=boiler koteln=boiler \
    generator=generator nasosn=pump nasos=pump kompressorn=compressor kompressor=compressor gidravlichesk=hydraulic pnevmatichesk=pneumatic \
    armaturn=valve vagonn=wagon vagonostroiteln=wagon+construction lokomotivn=locomotive teplovozn=locomotive elektrovozn=locomotive \
    kranov=crane ekskavatorn=excavator ekskavator=excavator bronetankov=armored tankov=tank artilleriisk=artillery oruzhein=weapons strelkov=weapons \
    patronn=cartridge boeprip=ammunition porokhov=powder snariad=ammunition torped=torpedo torpedn=torpedo radiolokatsionn=radar \
    radar=radar lokatsionn=radar navigatsionn=navigation geofizichesk=geophysics geologichesk=geology geologorazvedochn=geology \
    razvedochn=prospecting burov=drilling bureni=drilling neftepererabatyvaiushch=oil+refinery pererabatyvaiushch=processing pererabotk=processing \
    neftepererabotk=oil+refinery nefteprodukt=oil+product gazodobyvaiushch=gas+production dobych=mining toplivn=fuel gazovik=gas \
    bumazhn=paper tselliulozn=pulp derevoobrabatyvaiushch=timber lesopromyshlenn=timber+industry mebeln=furniture tekstiln=textile shvein=garment \
    kozhevenn=leather obuvn=shoe khlebn=bread khlebozavod=bread+plant miasn=meat molochn=milk rybn=fishing rybolovn=fishing konditersk=confectionery \
    sakharn=sugar vinodelchesk=wine vinn=wine likerovodochn=distillery pivovarenn=brewery zernov=grain melnichn=mill kombikormov=feed \
    udobreni=fertilizer mineraln=mineral steklian=glass stekoln=glass tsementn=cement betonn=concrete zhelezobetonn=concrete kirpichn=brick \
    keramichesk=ceramic plastmassov=plastic polimern=polymer rezinov=rubber rezinotekhnichesk=rubber+technology lakokrasochn=paint \
    reaktorn=reactor atomn=nuclear yadern=nuclear iadern=nuclear radiatsionn=radiation izotopn=isotope kriogenn=cryogenic vakuumn=vacuum \
    poluprovodnikov=semiconductor kvantov=quantum opticheskoi=optical svetotekhnichesk=lighting teplov=heat teplotekhnichesk=heat+technology \
    elektrostanci=power+plant elektroset=power+grid setev=grid energosbyt=energy+sales sbytov=sales snabzheni=supply snabzhenchesk=supply \
    zakupk=procurement tamozhenn=customs logisticheskoi=logistics ekspeditsionn=forwarding ekspeditorsk=forwarding portov=port sudokhodn=shipping \
    parokhodstv=shipping flotsk=navy aeroport=airport aviakompani=airlines vertoletov=helicopter samoletostroiteln=aircraft+construction \
    bespilotn=unmanned parashiutn=parachute sputnikov=satellite kosmodrom=cosmodrome pochtov=post pechatn=printing \
    poligraf=printing poligrafichesk=printing izdatelsk=printing reklamn=advertising televizionn=television radioveshchani=broadcasting \
    kinematografichesk=film kulturn=culture muzein=museum bibliotechn=library sportivn=sport ozdoroviteln=health lechebn=medical \
    bolnichn=hospital sanatori=sanatorium aptechn=pharmacy veterinarn=veterinary ekologichesk=ecology prirodn=nature vodn=water \
    vodokanal=water+supply kommunaln=utilities zhilishchn=housing imushchestvenn=property zemeln=land ipotechn=mortgage kreditn=credit \
    lizingov=leasing raschetn=settlement depozitarn=depository birzhev=exchange birzh=exchange brokersk=broker auditorsk=audit iuridichesk=law \
    pravov=law sledstvenn=investigation sudebn=court ispolniteln=executive pravitelstv=government pravitelstvenn=government prezidentsk=president \
    okhrann=security pogranichn=border desantn=airborne gvardeisk=guard kazach=cossack dobrovolchesk=volunteer veteransk=veteran \
    patriotichesk=patriotic molodezn=youth studenchesk=student detsk=children zhensk=women rabochi=worker trudov=labor profsoiuzn=union \
    partiin=party kommunistichesk=communist sotsialistichesk=socialist demokratichesk=democratic liberaln=liberal pravoslavn=orthodox \
    musulmansk=muslim evropeisk=europe aziatsk=asia afrikansk=africa amerikansk=america kazakhstansk=kazakhstan uzbeksk=uzbekistan \
    gruzinsk=georgia armiansk=armenia azerbaidzhansk=azerbaijan kavkazsk=caucasus severokavkazsk=north+caucasus zakavkazsk=caucasus \
    baltiisk=baltic tikhookeansk=pacific arktichesk=arctic poliarn=polar dalnevostochnyi=far+east kubansk=kuban donsk=don \
    donetsk=donetsk lugansk=lugansk kievsk=kiev kharkovsk=kharkov odessk=odessa peterburgsk=petersburg leningradsk=leningrad kazansk=kazan \
    permsk=perm omsk=omsk tomsk=tomsk samarsk=samara saratovsk=saratov volgogradsk=volgograd voronezhsk=voronezh tulsk=tula tversk=tver \
    riazansk=ryazan smolensk=smolensk kurgansk=kurgan kursk=kursk briansk=bryansk ivanovsk=ivanovo kirovsk=kirov penzensk=penza \
    rostovsk=rostov krasnodarsk=krasnodar krasnoiarsk=krasnoyarsk irkutsk=irkutsk novosibirsk=novosibirsk cheliabinsk=chelyabinsk \
    ekaterinburgsk=yekaterinburg nizhegorodsk=nizhny+novgorod iaroslavsk=yaroslavl vladimirsk=vladimir kaluzhsk=kaluga orlovsk=orel \
    bashkirsk=bashkiria tatarstansk=tatarstan iakutsk=yakutia chechensk=chechnya dagestansk=dagestan minsk=minsk gomelsk=gomel brestsk=brest \
    grodnensk=grodno vitebsk=vitebsk mogilevsk=mogilev khersonsk=kherson zaporozhsk=zaporozhye nikolaevsk=nikolaev lvovsk=lviv \
    odinnadtsat=eleventh chetvert=fourth piat=fifth shest=sixth sedm=seventh vosm=eighth deviat=ninth desiat=tenth vtor=second treti=third";

/// Endings of declined words, by their sounds.
pub(super) const ENDINGS: &[&str] = &[
    "", "A", "AI", "AIA", "AIE", "AIU", "E", "EI", "EV", "I", "IA", "IE", "IH", "IM", "IMI", "IU", "O", "OE", "OGO", "OI", "OIE",
    "OM", "OMU", "OV", "OVO", "U", "UIU", "AM", "AH", "AMI", "EGO", "KI", "TI", "IV", "AE", "OST", "OSTI",
];
