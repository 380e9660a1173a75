/**
 * Runs in a page: shows it, and its frames of the same origin, with the style that they have on paper, where the engine cannot be
 * asked for it. Rules for paper become rules for everything, and rules for screens rules for nothing.
 */
export function applyRulesForPaper(): void {
  show(document);

  function show(shown: Document): void {
    for (const sheet of shown.styleSheets) {
      change(sheet.media);
      changeRules(sheet.cssRules);
    }
    for (const frame of shown.querySelectorAll('iframe')) {
      if (frame.contentDocument !== null) show(frame.contentDocument);
    }
  }

  function changeRules(rules: CSSRuleList): void {
    for (const rule of rules) {
      if (!('media' in rule && 'cssRules' in rule)) continue;
      change(rule.media as MediaList);
      changeRules(rule.cssRules as CSSRuleList);
    }
  }

  function change(media: MediaList): void {
    if (!/\b(?:print|screen)\b/.test(media.mediaText)) return;
    media.mediaText = media.mediaText.replace(/\bprint\b/g, 'all').replace(/\bscreen\b/g, 'not all');
  }
}
