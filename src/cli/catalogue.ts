import { checks } from '../../checks/index.ts';
import { LEVEL_WORDS, originOf } from '../../report-templates/words.ts';
import { cells, hanging } from '../../report-templates/wrap.ts';
import type { AnyCheck } from '../check.ts';
import { PROFILES, type Profile, type Required, SHAPES, type Shape } from '../model.ts';
import { oneLine } from '../printable.ts';
import { readSpec } from '../read-spec.ts';
import { type Requirement, settle } from '../spec.ts';
import { TOOL } from '../tool.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import { shipped } from './package-root.ts';
import { columns } from './terminal.ts';

/** A check's requirement under one profile and shape, as people read it. */
export type Variant = Requirement & { readonly profile: Profile; readonly shape: Shape; readonly required: Required };
export type Entry = { readonly check: AnyCheck; readonly variants: readonly Variant[] };

/** Checks with their requirements under every profile and shape; by default all of them, by the built-in spec. */
export const catalogue = (
  list: readonly AnyCheck[] = checks,
  text = shipped('checks/specs/onprem.yaml'),
): readonly Entry[] => {
  const spec = readSpec(list, text);
  return list.map((check) => ({
    check,
    variants: PROFILES.flatMap((profile) =>
      SHAPES.map((shape) => {
        const requirement = settle(spec, check, profile, shape);
        return {
          ...requirement,
          profile,
          shape,
          required: { ...check.limit(requirement.value), origin: requirement.origin },
        };
      }),
    ),
  }));
};

const said = ({ required, level }: Variant): string =>
  `${required.display} (${LEVEL_WORDS[level]}, ${originOf(required)})`;

/** The requirement in words: one line where all variants say the same, else one for each profile, or profile and shape. */
export const requirementLines = ({ variants }: Entry): readonly (readonly [string, string])[] => {
  const texts = (some: readonly Variant[]) => [...new Set(some.map(said))];
  const [only, ...differing] = texts(variants);
  if (only !== undefined && differing.length === 0) return [['', only]];
  return PROFILES.flatMap((profile): readonly (readonly [string, string])[] => {
    const mine = variants.filter((variant) => variant.profile === profile);
    const [same, ...more] = texts(mine);
    return same !== undefined && more.length === 0
      ? [[profile, same]]
      : mine.map((variant) => [`${profile}, ${variant.shape}`, said(variant)]);
  });
};

const first = ({ variants: [variant], check }: Entry): Variant => {
  if (!variant) throw new Error(`${check.id} has no requirement`);
  return variant;
};

/** `list`: every check on one line, id, level and title; or all of it as one JSON document. */
export const list = ({ json }: { readonly json: boolean }, entries = catalogue()): string => {
  if (!json) {
    const idWidth = Math.max(...entries.map(({ check }) => cells(check.id)));
    const levelWidth = Math.max(...entries.map((entry) => cells(LEVEL_WORDS[first(entry).level])));
    return entries
      .map((entry) => {
        const level = LEVEL_WORDS[first(entry).level].padEnd(levelWidth);
        return `${entry.check.id.padEnd(idWidth)}  ${level}  ${entry.check.title}\n`;
      })
      .join('');
  }
  const described = entries.map((entry) => ({
    id: entry.check.id,
    title: entry.check.title,
    group: entry.check.group,
    phase: entry.check.phase,
    level: first(entry).level,
    origin: first(entry).origin,
    touches: entry.check.touches,
    ...(entry.check.writes && { writes: entry.check.writes }),
    needs: entry.check.needs ?? [],
    requirements: entry.variants.map(({ profile, shape, level, origin, required }) => {
      return { profile, shape, level, origin, display: required.display };
    }),
    reason: first(entry).reason,
    source: first(entry).source,
    remedy: entry.check.remedy,
  }));
  return `${JSON.stringify({ schemaVersion: '1.0', kind: 'Catalogue', tool: TOOL, checks: described }, null, 2)}\n`;
};

/** `explain`: one check in words. An id that is none is a usage error. */
export const explain = (id: string, width = columns(process.stdout), entries = catalogue()): string => {
  const entry = entries.find(({ check }) => check.id === id);
  if (!entry) {
    const ids = entries.map(({ check }) => check.id);
    throw new UsageError(`there is no check "${oneLine(id)}"${didYouMean(id, ids)}`);
  }
  const { check } = entry;
  const { source, reason } = first(entry);
  const row = (label: string, text: string) => hanging(`${label.padEnd(10)}`, text, width);
  const lines = [
    hanging('', `${check.title} (${check.id})`, width),
    '',
    row('asks', check.touches),
    ...(check.writes ? [row('writes', `It ${check.writes}; --quick leaves it out.`)] : []),
    ...(check.optIn ? [row('option', `Asked only with ${check.optIn}.`)] : []),
    ...(check.needs?.length ? [row('needs', check.needs.join(', '))] : []),
    row('when', `${check.phase} the install`),
    ...requirementLines(entry).map(([whose, text], at) =>
      row(at === 0 ? 'required' : '', whose === '' ? text : `${whose}: ${text}`),
    ),
    row('clause', `${source.document}, ${source.clause}: ${source.says}`),
    ...(source.link === undefined ? [] : [row('', source.link)]),
    row('read on', source.checkedOn),
    row('why', reason),
    row('to do', check.remedy),
  ];
  return `${lines.join('\n')}\n`;
};
