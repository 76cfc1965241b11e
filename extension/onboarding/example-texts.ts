import type { LanguageTag, Preferences } from '@lectern/shared'

/** The main paragraph of the example for one who knows nothing, something or most of its subject. */
type MainText = { title: string; explained: string; plain: string; brief: string }

/** What else a rewrite may bring, each for whom it is meant. */
export type ExampleParts = {
  analogy: string
  check: string
  formally: string
  summary: string
  background: string
  code_new: string
  code_beginner: string
  goals: Record<Preferences['learning_goals'][number], string>
}

export type ExampleText = MainText & { parts?: ExampleParts }

/** The lesson of the example as its author wrote it. */
export const authorsText = {
  title: 'Training a classifier',
  paragraph:
    'A classifier is trained on labelled examples. In each step its prediction is compared with the label, and the weights are adjusted to reduce the error.',
  code: 'weights -= rate * error * features',
}

/** The example in each language that can be chosen: with all its parts in those of the interface. */
export const exampleTexts: Record<LanguageTag, ExampleText> = {
  en: {
    title: 'Training a classifier',
    explained:
      'A classifier is a program that sorts things into groups, such as mail into spam and not spam. It learns from examples whose right answer is known: it guesses, looks how far off it was, and shifts its numbers a little so that the next guess is better.',
    plain:
      'A classifier learns from examples whose answer is known. At each step it compares its guess with that answer and adjusts its weights so that the error gets smaller.',
    brief: 'Supervised training: compare prediction and label, then step the weights against the error.',
    parts: {
      analogy: 'It is like throwing darts: you see where the dart landed and aim a little to the other side.',
      check: 'What would happen if each step were ten times as large?',
      formally: 'Formally, each step follows the negative gradient of the loss.',
      summary: 'Guess, compare, adjust, repeat.',
      background: 'Weights are the numbers that decide how much each word of a mail counts.',
      code_new: 'The line of code says: take a small part of the error away from each weight.',
      code_beginner: 'Here -= takes what stands on its right away from the variable on its left.',
      goals: {
        career_change:
          'In a job interview you may be asked why a filter that knows old mail fails on new mail.',
        research: 'In a study, a classifier can sort a thousand free-text answers by topic.',
        hobby: 'At home it could sort your holiday photos into beach and mountains.',
        teaching: 'In class, let one half label twenty mails and the other half guess the rule.',
        building_projects:
          'In your project, save the weights to a file: the filter then starts already trained.',
      },
    },
  },
  ur: {
    title: 'classifier کی تربیت',
    explained:
      'classifier ایک پروگرام ہے جو چیزوں کو گروہوں میں بانٹتا ہے، مثلاً ای میل کو spam اور غیر spam میں۔ وہ اُن مثالوں سے سیکھتا ہے جن کا درست جواب معلوم ہو: اندازہ لگاتا ہے، دیکھتا ہے کہ کتنا غلط تھا، اور اپنے اعداد کو ذرا سا بدلتا ہے تاکہ اگلا اندازہ بہتر ہو۔',
    plain:
      'classifier اُن مثالوں سے سیکھتا ہے جن کا جواب معلوم ہو۔ ہر قدم پر وہ اپنے اندازے کا جواب سے موازنہ کرتا ہے اور اپنے weights کو اس طرح بدلتا ہے کہ error کم ہو۔',
    brief: 'supervised training: prediction اور label کا موازنہ، پھر weights کو error کے خلاف ایک قدم۔',
    parts: {
      analogy:
        'یہ نشانہ بازی کی طرح ہے: آپ دیکھتے ہیں تیر کہاں لگا اور اگلی بار ذرا دوسری طرف نشانہ لیتے ہیں۔',
      check: 'اگر ہر قدم دس گنا بڑا ہو تو کیا ہوگا؟',
      formally: 'رسمی طور پر ہر قدم loss کے منفی gradient کی سمت میں ہوتا ہے۔',
      summary: 'اندازہ، موازنہ، تبدیلی، پھر سے۔',
      background: 'weights وہ اعداد ہیں جو طے کرتے ہیں کہ ای میل کا ہر لفظ کتنا اہم ہے۔',
      code_new: 'کوڈ کی سطر کہتی ہے: ہر weight میں سے error کا ایک چھوٹا حصہ گھٹا دو۔',
      code_beginner: 'یہاں -= دائیں طرف کی قیمت کو بائیں طرف کے variable میں سے گھٹاتا ہے۔',
      goals: {
        career_change:
          'انٹرویو میں پوچھا جا سکتا ہے کہ پرانی ای میل پر کامیاب filter نئی ای میل پر کیوں ناکام ہوتا ہے۔',
        research: 'تحقیق میں classifier ہزار تحریری جوابات کو موضوع کے لحاظ سے بانٹ سکتا ہے۔',
        hobby: 'گھر پر یہ آپ کی چھٹیوں کی تصویروں کو ساحل اور پہاڑ میں بانٹ سکتا ہے۔',
        teaching: 'کلاس میں آدھے طلبہ بیس ای میلوں پر label لگائیں اور باقی آدھے اصول بوجھیں۔',
        building_projects:
          'اپنے پروجیکٹ میں weights کو فائل میں محفوظ کریں: filter پہلے سے تربیت یافتہ شروع ہوگا۔',
      },
    },
  },
  ar: {
    title: 'تدريب المصنِّف',
    explained:
      'المصنِّف (classifier) برنامج يوزع الأشياء على مجموعات، كتوزيع البريد إلى مزعج وغير مزعج. يتعلم من أمثلة جوابها الصحيح معروف: يخمّن، وينظر كم أخطأ، ثم يعدّل أرقامه قليلًا ليكون تخمينه التالي أفضل.',
    plain:
      'يتعلم المصنِّف (classifier) من أمثلة جوابها معروف. في كل خطوة يقارن تخمينه بالجواب ويعدّل أوزانه (weights) ليصغر الخطأ.',
    brief: 'تدريب موجَّه: قارن التنبؤ بالوسم، ثم حرّك الأوزان عكس الخطأ.',
    parts: {
      analogy: 'يشبه رمي السهام: ترى أين أصاب السهم ثم تصوّب قليلًا نحو الجهة الأخرى.',
      check: 'ماذا يحدث لو كانت كل خطوة أكبر بعشر مرات؟',
      formally: 'بصيغة أدق، تتبع كل خطوة عكس اتجاه تدرّج دالة الخسارة (gradient).',
      summary: 'خمّن، قارن، عدّل، كرّر.',
      background: 'الأوزان (weights) أرقام تحدد مقدار تأثير كل كلمة في الرسالة.',
      code_new: 'يقول سطر الشيفرة: اطرح من كل وزن جزءًا صغيرًا من الخطأ.',
      code_beginner: 'هنا يطرح -= ما على يمينه من المتغير الذي على يساره.',
      goals: {
        career_change: 'قد تُسأل في مقابلة عمل: لماذا يفشل مرشِّح يعرف الرسائل القديمة مع الرسائل الجديدة؟',
        research: 'في دراسة ما يستطيع المصنِّف فرز ألف إجابة مكتوبة بحسب موضوعها.',
        hobby: 'في البيت يمكنه فرز صور عطلتك بين الشاطئ والجبل.',
        teaching: 'في الصف: يَسِمُ نصف الطلاب عشرين رسالة ويخمّن النصف الآخر القاعدة.',
        building_projects: 'في مشروعك احفظ الأوزان في ملف، فيبدأ المرشِّح مدرَّبًا.',
      },
    },
  },
  es: {
    title: 'Entrenar un clasificador',
    explained:
      'Un clasificador (classifier) es un programa que reparte cosas en grupos, por ejemplo el correo en spam y no spam. Aprende con ejemplos cuya respuesta se conoce: adivina, mira cuánto se equivocó y mueve un poco sus números para acertar mejor la próxima vez.',
    plain:
      'Un clasificador (classifier) aprende con ejemplos de respuesta conocida. En cada paso compara su predicción con la respuesta y ajusta sus pesos para que el error disminuya.',
    brief: 'Entrenamiento supervisado: comparar predicción y etiqueta, y mover los pesos contra el error.',
    parts: {
      analogy: 'Es como lanzar dardos: ves dónde cayó el dardo y apuntas un poco hacia el otro lado.',
      check: '¿Qué pasaría si cada paso fuera diez veces más grande?',
      formally: 'Formalmente, cada paso sigue el gradiente negativo de la función de pérdida.',
      summary: 'Adivinar, comparar, ajustar, repetir.',
      background: 'Los pesos (weights) son los números que deciden cuánto cuenta cada palabra de un correo.',
      code_new: 'La línea de código dice: quita a cada peso una pequeña parte del error.',
      code_beginner: 'Aquí -= resta lo que está a su derecha de la variable de su izquierda.',
      goals: {
        career_change:
          'En una entrevista te pueden preguntar por qué un filtro que conoce el correo viejo falla con el nuevo.',
        research: 'En un estudio, un clasificador puede ordenar por temas mil respuestas abiertas.',
        hobby: 'En casa podría separar tus fotos de vacaciones en playa y montaña.',
        teaching: 'En clase, que media clase etiquete veinte correos y la otra media adivine la regla.',
        building_projects:
          'En tu proyecto, guarda los pesos en un archivo: el filtro arrancará ya entrenado.',
      },
    },
  },
  de: {
    title: 'Einen Klassifikator trainieren',
    explained:
      'Ein Klassifikator (classifier) ist ein Programm, das Dinge in Gruppen sortiert, etwa Mails in Spam und kein Spam. Er lernt aus Beispielen, deren richtige Antwort bekannt ist: Er rät, sieht, wie weit er danebenlag, und verschiebt seine Zahlen ein wenig, damit er beim nächsten Mal besser rät.',
    plain:
      'Ein Klassifikator (classifier) lernt aus Beispielen mit bekannter Antwort. In jedem Schritt vergleicht er seine Vorhersage mit der Antwort und passt seine Gewichte so an, dass der Fehler kleiner wird.',
    brief:
      'Überwachtes Training: Vorhersage und Label vergleichen, dann die Gewichte gegen den Fehler schieben.',
    parts: {
      analogy: 'Wie beim Dartwerfen: Du siehst, wo der Pfeil steckt, und zielst ein wenig zur anderen Seite.',
      check: 'Was würde geschehen, wenn jeder Schritt zehnmal so groß wäre?',
      formally: 'Formal folgt jeder Schritt dem negativen Gradienten der Verlustfunktion.',
      summary: 'Raten, vergleichen, anpassen, wiederholen.',
      background: 'Gewichte (weights) sind die Zahlen, die bestimmen, wie viel jedes Wort einer Mail zählt.',
      code_new: 'Die Codezeile sagt: Zieh von jedem Gewicht einen kleinen Teil des Fehlers ab.',
      code_beginner: 'Hier zieht -= das, was rechts davon steht, von der Variablen links davon ab.',
      goals: {
        career_change:
          'Im Bewerbungsgespräch wirst du vielleicht gefragt, warum ein Filter, der alte Mails kennt, an neuen scheitert.',
        research: 'In einer Studie kann ein Klassifikator tausend Freitextantworten nach Themen sortieren.',
        hobby: 'Zu Hause könnte er deine Urlaubsfotos in Strand und Berge sortieren.',
        teaching:
          'Im Unterricht: Die eine Hälfte vergibt Labels für zwanzig Mails, die andere errät die Regel.',
        building_projects:
          'In deinem Projekt speicherst du die Gewichte in einer Datei: Der Filter startet dann schon trainiert.',
      },
    },
  },
  zh: {
    title: '训练分类器',
    explained:
      '分类器（classifier）是一种把事物分组的程序，比如把邮件分成垃圾邮件和正常邮件。它从已知正确答案的例子中学习：先猜一次，看看偏差有多大，再把自己的数字稍微调一调，让下一次猜得更准。',
    plain: '分类器（classifier）从已知答案的例子中学习。每一步它都把预测和答案比较，并调整权重，使误差变小。',
    brief: '监督训练：比较预测与标签，让权重朝减小误差的方向走一步。',
    parts: {
      analogy: '就像掷飞镖：看到落点之后，再往另一边稍微瞄一点。',
      check: '如果每一步都大十倍，会发生什么？',
      formally: '更严格地说，每一步都沿损失函数的负梯度方向前进。',
      summary: '猜测、比较、调整、重复。',
      background: '权重（weights）是一些数字，决定邮件里每个词有多重要。',
      code_new: '这行代码的意思是：从每个权重里减去误差的一小部分。',
      code_beginner: '这里的 -= 表示从左边的变量里减去右边的值。',
      goals: {
        career_change: '面试时可能会问：为什么熟悉旧邮件的过滤器在新邮件上会失败？',
        research: '在研究中，分类器可以把一千条开放式回答按主题归类。',
        hobby: '在家里，它可以把度假照片分成海边和山里。',
        teaching: '课堂上让一半学生给二十封邮件贴标签，另一半来猜规则。',
        building_projects: '在你的项目里把权重存进文件，过滤器下次启动时就已经训练好了。',
      },
    },
  },
  bn: {
    title: 'classifier-কে শেখানো',
    explained:
      'classifier এমন একটি প্রোগ্রাম যা জিনিসকে দলে ভাগ করে, যেমন মেইলকে spam আর spam নয়। যেসব উদাহরণের সঠিক উত্তর জানা, সেগুলো থেকে সে শেখে: আন্দাজ করে, কতটা ভুল হলো দেখে, আর সংখ্যাগুলো একটু বদলায় যাতে পরের আন্দাজ ভালো হয়।',
    plain:
      'classifier জানা উত্তরের উদাহরণ থেকে শেখে। প্রতি ধাপে সে নিজের অনুমান উত্তরের সঙ্গে মেলায় এবং weights এমনভাবে বদলায় যাতে ভুল কমে।',
    brief: 'supervised training: prediction ও label মিলিয়ে weights-কে ভুলের উল্টো দিকে এক ধাপ সরানো।',
  },
  fr: {
    title: 'Entraîner un classifieur',
    explained:
      'Un classifieur (classifier) est un programme qui range des choses en groupes, par exemple les courriels en spam et non-spam. Il apprend à partir d’exemples dont la bonne réponse est connue : il devine, regarde de combien il s’est trompé et déplace un peu ses nombres pour mieux deviner la fois suivante.',
    plain:
      'Un classifieur (classifier) apprend à partir d’exemples dont la réponse est connue. À chaque étape, il compare sa prédiction à la réponse et ajuste ses poids pour réduire l’erreur.',
    brief:
      'Apprentissage supervisé : comparer prédiction et étiquette, puis déplacer les poids contre l’erreur.',
  },
  hi: {
    title: 'classifier को सिखाना',
    explained:
      'classifier एक ऐसा प्रोग्राम है जो चीज़ों को समूहों में बाँटता है, जैसे मेल को spam और spam नहीं में। वह उन उदाहरणों से सीखता है जिनका सही उत्तर मालूम है: अनुमान लगाता है, देखता है कि कितना चूका, और अपनी संख्याएँ थोड़ी बदलता है ताकि अगला अनुमान बेहतर हो।',
    plain:
      'classifier ऐसे उदाहरणों से सीखता है जिनका उत्तर मालूम है। हर कदम पर वह अपने अनुमान को उत्तर से मिलाता है और weights को इस तरह बदलता है कि गलती घटे।',
    brief: 'supervised training: prediction और label मिलाइए, फिर weights को गलती की उलटी दिशा में एक कदम।',
  },
  id: {
    title: 'Melatih classifier',
    explained:
      'Classifier adalah program yang memilah sesuatu ke dalam kelompok, misalnya surel menjadi spam dan bukan spam. Ia belajar dari contoh yang jawabannya sudah diketahui: menebak, melihat seberapa jauh meleset, lalu menggeser angka-angkanya sedikit agar tebakan berikutnya lebih baik.',
    plain:
      'Classifier belajar dari contoh yang jawabannya diketahui. Di setiap langkah ia membandingkan tebakannya dengan jawaban itu dan menyesuaikan bobotnya agar galatnya mengecil.',
    brief: 'Pelatihan terbimbing: bandingkan prediksi dan label, lalu geser bobot melawan galat.',
  },
  ja: {
    title: '分類器を学習させる',
    explained:
      '分類器（classifier）は、たとえばメールを迷惑メールとそうでないものに分けるように、ものをグループに分けるプログラムです。正解がわかっている例から学びます。まず予想し、どれだけ外れたかを見て、次はもっと当たるように自分の数値を少し動かします。',
    plain:
      '分類器（classifier）は正解のわかっている例から学びます。一歩ごとに予想と正解を比べ、誤差が小さくなるように重みを調整します。',
    brief: '教師あり学習：予測とラベルを比べ、誤差を減らす向きに重みを一歩動かす。',
  },
  ko: {
    title: '분류기 학습시키기',
    explained:
      '분류기(classifier)는 메일을 스팸과 스팸이 아닌 것으로 나누듯 사물을 묶음으로 나누는 프로그램입니다. 정답을 아는 예에서 배웁니다. 먼저 추측하고, 얼마나 빗나갔는지 보고, 다음 추측이 나아지도록 숫자를 조금 옮깁니다.',
    plain:
      '분류기(classifier)는 정답을 아는 예에서 배웁니다. 단계마다 예측을 정답과 비교하고 오차가 줄도록 가중치를 조정합니다.',
    brief: '지도 학습: 예측과 레이블을 비교하고 가중치를 오차의 반대쪽으로 한 걸음 옮긴다.',
  },
  pt: {
    title: 'Treinar um classificador',
    explained:
      'Um classificador (classifier) é um programa que separa coisas em grupos, por exemplo e-mails em spam e não spam. Ele aprende com exemplos cuja resposta certa é conhecida: chuta, vê quanto errou e muda um pouco seus números para acertar melhor na próxima.',
    plain:
      'Um classificador (classifier) aprende com exemplos de resposta conhecida. A cada passo compara sua previsão com a resposta e ajusta os pesos para o erro diminuir.',
    brief: 'Treino supervisionado: comparar previsão e rótulo e mover os pesos contra o erro.',
  },
  ru: {
    title: 'Обучение классификатора',
    explained:
      'Классификатор (classifier) — это программа, которая раскладывает вещи по группам, например письма на спам и не спам. Она учится на примерах с известным ответом: угадывает, смотрит, насколько ошиблась, и чуть сдвигает свои числа, чтобы в следующий раз угадать точнее.',
    plain:
      'Классификатор (classifier) учится на примерах с известным ответом. На каждом шаге он сравнивает свой прогноз с ответом и подстраивает веса так, чтобы ошибка уменьшалась.',
    brief: 'Обучение с учителем: сравнить прогноз с меткой и сдвинуть веса против ошибки.',
  },
  tr: {
    title: 'Bir sınıflandırıcıyı eğitmek',
    explained:
      'Sınıflandırıcı (classifier), şeyleri gruplara ayıran bir programdır; örneğin postaları spam olan ve olmayan diye. Doğru yanıtı bilinen örneklerden öğrenir: tahmin eder, ne kadar yanıldığına bakar ve sonraki tahmini daha iyi olsun diye sayılarını biraz kaydırır.',
    plain:
      'Sınıflandırıcı (classifier), yanıtı bilinen örneklerden öğrenir. Her adımda tahminini yanıtla karşılaştırır ve hatayı küçültecek şekilde ağırlıklarını ayarlar.',
    brief: 'Denetimli eğitim: tahminle etiketi karşılaştır, ağırlıkları hataya karşı bir adım kaydır.',
  },
}
