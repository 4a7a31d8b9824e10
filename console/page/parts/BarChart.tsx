import { useEffect, useRef } from 'preact/hooks';
import {
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	LinearScale,
	Tooltip,
	type TooltipItem,
} from 'chart.js';
import { texts } from '../state/language';
import { isDark } from '../state/scheme';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const TICKS = 12;

export interface Bar {
	label: string;
	value: number;
	/** Name of a colour of the style sheet; `--chart` when left out. */
	colour?: string;
}

interface BarChartProps {
	title: string;
	/** What the first column of the table says. */
	of: string;
	bars: Bar[];
	format: (value: number) => string;
	onPick?: (nth: number) => void;
}

const colourNamed = (name: string): string =>
	getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Bars, with a table for those who cannot see them. */
export function BarChart({ title, of, bars, format, onPick }: BarChartProps) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const chart = useRef<Chart<'bar'>>();
	const latest = useRef({ format, onPick });
	latest.current = { format, onPick };
	const dark = isDark.value;

	useEffect(() => {
		if (!canvas.current) return undefined;
		chart.current = new Chart<'bar'>(canvas.current, {
			type: 'bar',
			data: { labels: [], datasets: [{ data: [] }] },
			options: {
				animation: false,
				maintainAspectRatio: false,
				onClick: (_event, [picked]) => picked && latest.current.onPick?.(picked.index),
				datasets: { bar: { borderRadius: 3, maxBarThickness: 36, categoryPercentage: 0.86 } },
				scales: {
					x: { grid: { display: false }, ticks: { maxTicksLimit: TICKS, maxRotation: 0 } },
					y: {
						beginAtZero: true,
						border: { display: false },
						ticks: {
							maxTicksLimit: 4,
							precision: 0,
							callback: (value) => latest.current.format(Number(value)),
						},
					},
				},
				plugins: {
					tooltip: {
						displayColors: false,
						callbacks: {
							label: ({ parsed }: TooltipItem<'bar'>) => latest.current.format(parsed.y ?? 0),
						},
					},
				},
			},
		});
		return () => chart.current?.destroy();
	}, []);

	const content = JSON.stringify(bars);
	useEffect(() => {
		const drawn = chart.current;
		if (!drawn) return;
		const [text, grid] = [colourNamed('--muted'), colourNamed('--border')];
		for (const axis of [drawn.options.scales?.x, drawn.options.scales?.y]) {
			if (axis?.ticks) axis.ticks.color = text;
			if (axis?.grid) axis.grid.color = grid;
		}
		if (drawn.options.scales?.y) drawn.options.scales.y.grid = { color: grid };
		drawn.data = {
			labels: bars.map(({ label }) => label),
			datasets: [
				{
					data: bars.map(({ value }) => value),
					backgroundColor: bars.map(({ colour = '--chart' }) => colourNamed(colour)),
				},
			],
		};
		drawn.update();
	}, [content, dark]);

	return (
		<figure class="chart">
			<figcaption>{title}</figcaption>
			<div class="canvas">
				<canvas ref={canvas} aria-hidden="true" />
			</div>
			<details>
				<summary>{texts.value.common.asTable}</summary>
				<div class="scroll" tabIndex={0} role="region" aria-label={title}>
					<table>
						<thead>
							<tr>
								<th scope="col">{of}</th>
								<th scope="col">{title}</th>
							</tr>
						</thead>
						<tbody>
							{bars.map(({ label, value }) => (
								<tr key={label}>
									<th scope="row">{label}</th>
									<td>{format(value)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			</details>
		</figure>
	);
}
