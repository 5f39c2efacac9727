// A ticket is read in many engines: CommonMark, GitHub's, GitLab's. Text of a report must come out of all of them as the
// letters that it is: no markup, no table cell, no HTML, and no link, mention or reference that was not put there by us.

/** What some engine turns into a link, mention, reference, formula or emoji even where it is escaped: only code keeps it. */
const LIVE = /:\/\/|www\.|mailto:|xmpp:|@|\$|[#!~%&^]\w|\bGH-\d|:[a-z+-][\w+-]*:/i;

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, (character) => ENTITIES[character] ?? '').replace(/[\\`*_[\]~#|!^{}$]/g, '\\$&');

/** One line of text, escaped for the middle of a Markdown line or table cell. */
export const markdownText = (line: string): string =>
  line.replace(/[^\s|`<>\\]+|[|`<>\\]/g, (word) => (LIVE.test(word) ? `\`${word}\`` : escaped(word)));

/** An id as code where it is one; anything else as text. */
export const markdownId = (id: string): string => (/^[\w.-]+$/.test(id) ? `\`${id}\`` : markdownText(id));

/** A link that shows where it goes, for plain https addresses alone; anything else as text. */
export const markdownLink = (link: string): string =>
  /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.~/%?=#+,;-]*)?$/i.test(link) ? `<${link}>` : markdownText(link);
