import type { ComponentChildren } from 'preact';

export type Tone = 'neutral' | 'good' | 'bad' | 'warn' | 'accent';

export const Badge = ({
	tone = 'neutral',
	children,
}: {
	tone?: Tone;
	children: ComponentChildren;
}) => <span class={`badge ${tone}`}>{children}</span>;
