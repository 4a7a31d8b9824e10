/** The last words of `npm start`. */
import { localized, terminalLanguage } from '../../test/harness/language.cjs';
import { type FleetReport, fleetTable } from './fleetTable';
import type { Demo } from './startDemo';

/** What there is, and what to click first: no more than fits a terminal of 80 by 24. */
export function screenful(
	{ report: { title, url }, editor: { email, password }, consoleUrl }: Omit<Demo, 'runReport'>,
	report: FleetReport,
): string {
	return [
		localized(
			`${title}: made in n8n just now, and mailed`,
			`${title}：刚刚在 n8n 中生成，并已发送邮件`,
		),
		fleetTable(report, terminalLanguage()),
		...(terminalLanguage() === 'en'
			? [
					`1  Console  ${consoleUrl}`,
					'            Play the twelve examples: phone, fleet, pushes, faults, mails.',
					`2  Editor   ${url}`,
					`            Sign in: ${email}, ${password}. Press Execute workflow.`,
					'Ctrl-C stops everything, and what you did in the demo goes with it.',
				]
			: [
					`1  控制台  ${consoleUrl}`,
					'           在这里试用十二个示例：手机、卡群、推送、故障、邮件。',
					`2  编辑器  ${url}`,
					`           登录：${email}，${password}。点 Execute workflow。`,
					'按 Ctrl-C 全部停止，您在演示中所做的一切随之清除。',
				]),
	].join('\n');
}
