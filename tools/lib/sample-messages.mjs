// Messages for pictures and for tests of the page's looks. Everybody in them is invented; the addresses are of example.org and
// example.com (RFC 2606).
import { readFileSync } from 'node:fs';
import { readMail } from 'sealpost/mail';
import { inRoot } from './root.mjs';

/** @import { AttachmentInput, Message } from 'sealpost' */

const mail = await readMail(readFileSync(inRoot('examples/mail/discharge-letter.eml')));

/** A cross and the line of a heartbeat, PNG, 160 by 48. */
export const picture = contentOf(mail.attachments.find(({ type }) => type === 'image/png'));

const from = [{ name: 'Riverside Clinic, Ward 3B', address: 'ward-3b@example.org' }];
const to = [{ name: 'Jonah Miller', address: 'jonah.miller@example.com' }];
const cc = [{ name: '田中 紀子 (Dr Tanaka)', address: 'surgery@example.com' }];
const date = '2026-11-21T10:15:00+01:00';
const headers = { from, to, cc, date, subject: 'Your discharge letter and your next appointment' };

const pdf = {
  name: 'Discharge letter – Miller.pdf',
  type: 'application/pdf',
  content: contentOf(mail.attachments.find(({ type }) => type === 'application/pdf')),
};
const csv = { name: '検査結果.csv', type: 'text/csv', content: new TextEncoder().encode('Potassium,4.2\r\n') };
const ecg = { name: 'ECG, 21 November.png', type: 'image/png', content: picture };
const tips = {
  name: 'Measuring your blood pressure.txt',
  type: 'text/plain; charset=utf-8',
  content: new TextEncoder().encode(`Sit down and rest for five minutes.
Put the cuff on your bare upper arm, at the height of your heart.
Measure twice, one minute apart, and write down both.`),
};
const sheet = {
  name: 'Blood pressure diary.xlsm',
  type: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  content: new Uint8Array(24_310),
};
const logo = { name: 'heart.png', type: 'image/png', content: picture, contentId: 'heart@example.org', inline: true };

const text = `Dear Mr Miller,

as we discussed today, please find enclosed your discharge letter
and the laboratory results that Dr Tanaka has asked for.

From tomorrow morning, please take half the dose of metoprolol
(47.5 mg instead of 95 mg), and measure your blood pressure twice a
day. If you are short of breath, have pain in your chest, or gain
more than 2 kg in three days, call us at once, at night as well.

Your next appointment: Monday 7 December, 10:30, room 214.

With our best wishes
the team of Ward 3B

On 20 November 2026, Jonah Miller wrote:
> Will you send the letter to my doctor as well?
> And when do I have to come back?
> Thank you for everything.
`;

const html = `<p><img src="cid:heart@example.org" alt="Riverside Clinic" width="160" height="48"></p>
<p>Dear Mr Miller,</p>
<p>as we discussed today, please find enclosed your <b>discharge letter</b> and the <b>laboratory results</b> that
Dr&nbsp;Tanaka has asked for. From tomorrow morning, please take half the dose of metoprolol:</p>
<table cellpadding="6" style="border-collapse: collapse">
<tr style="background: #e3eef2"><th align="left">Medicine</th><th>morning</th><th>noon</th><th>evening</th></tr>
<tr><td>Metoprolol 47.5 mg <i>(new: half the dose)</i></td><td align="center">1</td><td align="center">–</td><td align="center">–</td></tr>
<tr><td>Ramipril 5 mg</td><td align="center">1</td><td align="center">–</td><td align="center">1</td></tr>
</table>
<p>Measure your blood pressure twice a day. If you are short of breath, have pain in your chest, or gain more than
2&nbsp;kg in three days, <b>call us at once</b>, at night as well.</p>
<p>Your next appointment: Monday 7 December, 10:30, room 214
(<a href="https://clinic.example.org/way">how to find us</a>).</p>
<p>With our best wishes<br>the team of Ward 3B</p>
<div class="gmail_quote"><p>On 20 November 2026, Jonah Miller wrote:</p>
<blockquote type="cite"><p>Will you send the letter to my doctor as well? And when do I have to come back?</p></blockquote></div>`;

/** With text, layout, a picture in the text, a quote, and five attachments, one of which can run a program. */
export const letter = /** @satisfies {Message} */ ({
  headers,
  text,
  html,
  attachments: [logo, pdf, csv, ecg, tips, sheet],
});

/** With pictures that it wants from the internet, and with many recipients. */
export const circular = /** @satisfies {Message} */ ({
  headers: {
    from,
    to: Array.from({ length: 12 }, (_, index) => ({
      name: `Ward ${index + 1}A`,
      address: `ward-${index + 1}a@example.org`,
    })),
    date,
    subject: 'Rota for December',
  },
  html: `<p><img src="https://pictures.example/header.png" alt="Riverside Clinic"></p><p>Dear colleagues,</p>
<p>the rota for December is as we agreed on Tuesday. Please tell me by Friday if anything has changed.</p>
<p>Mary Okafor</p><img src="https://count.example/seen.gif" alt="" width="1" height="1">`,
});

/** @type {Readonly<Record<'ar' | 'ja', Message>>} */
export const translations = {
  ar: {
    headers: {
      from: [{ name: 'عيادة ضفة النهر، القسم 3ب', address: 'ward-3b@example.org' }],
      to: [{ name: 'يونس ميلر', address: 'jonah.miller@example.com' }],
      date,
      subject: 'خطاب الخروج وموعدك القادم',
    },
    html: `<div dir="rtl"><p>السيد ميلر المحترم،</p><p>تجدون في المرفقات خطاب الخروج ونتائج التحاليل (PDF) كما اتفقنا اليوم.</p>
<p>يُرجى قياس ضغط الدم مرتين في اليوم. موعدكم القادم: الاثنين 7 ديسمبر، الساعة 10:30، الغرفة 214.</p>
<p>مع أطيب التمنيات،<br>فريق القسم 3ب</p></div>`,
    attachments: [pdf, { ...pdf, name: 'نتائج التحاليل 21-11.pdf' }, { ...sheet, name: 'مفكرة ضغط الدم.xlsm' }],
  },
  ja: {
    headers: {
      from: [{ name: 'リバーサイド病院 3B病棟', address: 'ward-3b@example.org' }],
      to: [{ name: '三浦 譲', address: 'jonah.miller@example.com' }],
      date,
      subject: '退院時のお手紙と次回のご予約について',
    },
    html: `<p>三浦 譲 様</p><p>本日ご説明したとおり、退院時のお手紙と検査結果を添付いたします。</p>
<p>血圧は毎日2回測定してください。息切れ、胸の痛みがあるときは、夜間でもすぐにお電話ください。</p>
<p>次回のご予約：12月7日（月）10時30分、214号室</p><p>3B病棟一同</p>`,
    attachments: [pdf, csv],
  },
};

/** @param {AttachmentInput | undefined} attachment */
function contentOf(attachment) {
  if (!(attachment?.content instanceof Uint8Array)) throw new Error('the example mail has lost an attachment');
  return attachment.content;
}
