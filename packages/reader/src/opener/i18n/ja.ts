import type { OpenerTexts } from './keys.js';

export const ja: OpenerTexts = {
  title: '暗号化メッセージを開く',
  lead: '暗号化されたメッセージは、この端末の中で開きます。どこにも送信されません。',
  choose: 'ファイルを選ぶ',
  drop: 'または、このページにドラッグしてください。',
  which:
    'メールに添付されたファイルで、多くは securedoc.html か securedoc.seal という名前です。ファイルとして保存したメール(.eml)も使えます。',
  looking: '{name} を確認しています。',
  several: 'どのメッセージを開きますか。',
  received: 'このメッセージを開きますか。',
  nothing: 'このファイルには暗号化メッセージがありません。',
  nothingIn: 'これらのファイルには暗号化メッセージがありません。',
  unreadable: 'このファイルを読み込めません。もう一度保存してから、選び直してください。',
  tooMany: '最初の {n} 個のファイルだけを確認しました。',
  known: 'このファイルは Sealpost {version} のページで、変更されていません。送信者が誰かを示すものではありません。',
  unknown:
    'このファイルは途中で変更されたか、ここでは知られていないページです。ファイルそのものは開かず、ここでだけ開いてください。',
  noPage: 'このファイルにはメッセージだけがあり、ページは含まれていません。',
  another: '別のファイルを開く',
  oldBrowser: 'このブラウザーは古すぎます。最新の Chrome、Edge、Firefox、Safari を使ってください。',
};
