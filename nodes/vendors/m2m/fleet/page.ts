/**
 * The page of the report, for a phone, a mail program, n8n and paper: no script, nothing loaded from
 * elsewhere, and right without its style sheet, which only helps printers and narrow screens.
 */
import { formatChinaDateTime } from '../../../shared/fields/chinaTime';
import { countOnline, type Fleet } from './figures';
import { box, cell, COLORS, show, showCount, small, table } from './markup';
import { isEmptyRow } from './rows';
import { DOT, listSections, rules, statusSection, toldBy, usageBox } from './sections';
import { WORDS } from './words';

const MAX_TITLE = 120;

/** The page is as wide as the text on a sheet of paper, and narrower where the screen is. */
const WIDTH = 680;

const FONTS =
	"-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

const STYLE = `:root{color-scheme:light}
@media (max-width:480px){.page{padding:0!important}}
@media print{@page{margin:12mm}*{-webkit-print-color-adjust:exact!important;print-color-adjust:exact!important}body,.page{background:#fff!important;padding:0!important}tr.line,.box{break-inside:avoid}.box{padding-top:8px!important;padding-bottom:8px!important}}`;

/** The numbers of cards that somebody may have to do something about. */
function tiles(numbers: ReadonlyArray<readonly [label: string, cards: number]>): string {
	if (numbers.length === 0) return '';
	const width = `${Math.floor(100 / numbers.length)}%`;
	const cells = numbers.map(([label, cards], at) =>
		cell(
			`<div style="font-size:28px;line-height:1.2;font-weight:600;color:${cards > 0 ? COLORS.alert : COLORS.ink}">${showCount(cards)}</div>${small(label)}`,
			`width:${width};padding:0 8px 0 ${at === 0 ? '0' : `12px;border-left:1px solid ${COLORS.line}`}`,
			` width="${width}"`,
		),
	);
	return box(table(`<tr>${cells.join('')}</tr>`, 'table-layout:fixed'));
}

/** What the reader must know of cards that are missing in the figures. */
function notices({ rows, found, partial, settings }: Fleet): string {
	const words = WORDS[settings.language];
	const notFound = rows.filter(({ outcome }) => outcome === 'notFound').length;
	const unread = rows.length - found.length - notFound - partial.length;
	const empty = found.filter(isEmptyRow).length;
	const texts = [
		rows.length === 0 && words.noCards,
		rows.length > found.length &&
			words.leftOut({ found: found.length, notFound, unread, partial: partial.length }),
		empty > 0 && words.unreadable(empty),
	].filter((text) => text !== false);
	const style = `padding:14px 16px;border-left:4px solid ${COLORS.alertBar};font-size:15px;line-height:1.45`;
	return texts.map((text) => box(text, style)).join('');
}

/** @returns a whole HTML document, below 95 kB as UTF-8 whatever is in the fleet */
export function fleetPage(fleet: Fleet, title: string): string {
	const { rows, known, low, expiring, overPlan, nowMs, settings } = fleet;
	const words = WORDS[settings.language];
	const told = toldBy(fleet);
	const shownTitle = show(title, MAX_TITLE) || words.title;
	const numbers = (
		[
			[told.low, words.low, low.length],
			[told.expiry, words.expiring, expiring.length],
			[told.forecast, words.overPlan, overPlan.length],
		] as const
	).flatMap(([isTold, label, cards]) => (isTold ? [[label, cards] as const] : []));
	const { online, offline } = countOnline(known);
	const counts = [
		words.cards(rows.length),
		...(online !== null ? [words.isOnline(online), words.isOffline(offline)] : []),
	].join(DOT);
	const preheader = [counts, ...numbers.map(([label, cards]) => `${label}: ${showCount(cards)}`)];
	const head = box(
		`<h1 style="margin:0;font-size:24px;line-height:1.25;font-weight:600;word-break:break-word">${shownTitle}</h1><div style="padding-top:6px;font-size:15px;line-height:1.4">${counts}</div>${small(words.created(formatChinaDateTime(nowMs).slice(0, 16)))}`,
		`border-top:4px solid ${COLORS.bar}`,
	);
	const figures =
		known.length === 0
			? ''
			: usageBox(fleet) +
				tiles(numbers) +
				statusSection(fleet) +
				listSections(fleet) +
				rules(fleet);
	return `<!DOCTYPE html>
<html lang="${words.htmlLanguage}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><meta name="x-apple-disable-message-reformatting"><title>${shownTitle}</title><style>${STYLE}</style><!--[if mso]><style>div,h1,h2,span,td{font-family:'Segoe UI','Microsoft YaHei',sans-serif!important}</style><![endif]--></head>
<body style="margin:0;padding:0;background:${COLORS.page}" bgcolor="${COLORS.page}"><div style="display:none;mso-hide:all;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:${COLORS.page}">${preheader.join(DOT)}</div><div class="page" lang="${words.htmlLanguage}" style="padding:16px 8px;background:${COLORS.page};font-family:${FONTS};color:${COLORS.ink};-webkit-text-size-adjust:100%"><!--[if mso]><table role="presentation" width="${WIDTH}" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]--><div style="max-width:${WIDTH}px;margin:0 auto">${head}${notices(fleet)}${figures}</div><!--[if mso]></td></tr></table><![endif]--></div></body></html>
`;
}
