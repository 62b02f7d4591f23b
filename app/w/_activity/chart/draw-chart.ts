import { BarChart, LineChart } from 'echarts/charts'
import { BrushComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/**
 * The only user of Apache ECharts, in a chunk of its own that is fetched after the first paint. SVG, because its colours can
 * then be CSS variables; no tooltip of HTML, because ECharts would write titles into the page as markup.
 */
use([BarChart, LineChart, GridComponent, TooltipComponent, BrushComponent, SVGRenderer])

export interface Series {
  name: string
  /** Any CSS colour, also a variable. */
  colour: string
  line: 'solid' | 'dashed' | 'dotted'
  values: readonly number[]
}

export interface ChartModel {
  shape: 'stacked' | 'lines'
  /** One for each place on the axis: short below it if it is marked, whole in the tooltip. */
  labels: readonly { short: string; whole: string; marked: boolean }[]
  series: readonly Series[]
}

export interface ChartEvents {
  /** A place on the axis was chosen, and which series of it. */
  onOpen(index: number, series: number): void
  /** Places [first, last] were brushed over. Left out: no brush. */
  onZoom?: (first: number, last: number) => void
}

export interface Chart {
  show(model: ChartModel): void
  dispose(): void
}

export const drawChart = (element: HTMLElement, events: () => ChartEvents): Chart => {
  const chart = init(element, null, { renderer: 'svg' })
  chart.on('click', ({ dataIndex, seriesIndex }) => events().onOpen(dataIndex, seriesIndex ?? 0))
  chart.on('brushEnd', (event) => {
    const range = (event as { areas?: { coordRange?: [number, number] }[] }).areas?.[0]?.coordRange
    chart.dispatchAction({ type: 'brush', areas: [] })
    if (range !== undefined && range[1] > range[0]) events().onZoom?.(range[0], range[1])
  })
  const resized = new ResizeObserver(() => chart.resize())
  resized.observe(element)
  return {
    show(model) {
      const brush = events().onZoom !== undefined
      chart.setOption(
        optionOf(
          model,
          brush,
          fitting(model.labels, () => chart.getWidth()),
        ),
        { notMerge: true },
      )
      if (brush)
        chart.dispatchAction({
          type: 'takeGlobalCursor',
          key: 'brush',
          brushOption: { brushType: 'lineX', brushMode: 'single' },
        })
    },
    dispose() {
      resized.disconnect()
      chart.dispose()
    },
  }
}

const INK = 'var(--muted-foreground)'
const TEXT = { color: INK, fontFamily: 'inherit', fontSize: 12 }

/** Points that a short label takes with the air around it. */
const LABEL_WIDTH = 56

/** Which of the marked places have room for their label, at the width that the picture has when it is laid out. */
const fitting = (labels: ChartModel['labels'], width: () => number) => {
  const marked = labels.flatMap((label, index) => (label.marked ? [index] : []))
  const orderOf = new Map(marked.map((index, order) => [index, order]))
  return (index: number): boolean => {
    const order = orderOf.get(index)
    const every = Math.max(1, Math.ceil((marked.length * LABEL_WIDTH) / Math.max(1, width() - 48)))
    return order !== undefined && order % every === 0
  }
}

const optionOf = (
  { shape, labels, series }: ChartModel,
  brush: boolean,
  shown: (index: number) => boolean,
) => ({
  animation: false,
  grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
  tooltip: {
    trigger: 'axis' as const,
    renderMode: 'richText' as const,
    axisPointer: {
      type: shape === 'stacked' ? ('shadow' as const) : ('line' as const),
      animation: false,
      shadowStyle: { color: 'var(--accent)', opacity: 0.6 },
      lineStyle: { color: 'var(--input)' },
    },
    backgroundColor: 'var(--popover)',
    borderColor: 'var(--border)',
    borderWidth: 1,
    textStyle: { ...TEXT, color: 'var(--foreground)' },
    formatter: (given: unknown) => told(given as { dataIndex: number }[], labels, series),
    confine: true,
    transitionDuration: 0,
  },
  xAxis: {
    type: 'category' as const,
    data: labels.map(({ short }) => short),
    axisLabel: { ...TEXT, interval: shown },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: 'var(--border)' } },
    boundaryGap: shape === 'stacked',
  },
  yAxis: {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: TEXT,
    splitLine: { lineStyle: { color: 'var(--border)' } },
  },
  ...(brush
    ? {
        brush: {
          xAxisIndex: 0,
          toolbox: [],
          brushStyle: {
            color: 'var(--primary)',
            opacity: 0.15,
            borderColor: 'var(--primary)',
            borderWidth: 1,
          },
          outOfBrush: { colorAlpha: 1 },
          removeOnClick: true,
        },
      }
    : {}),
  series: series.map(({ name, colour, line, values }) =>
    shape === 'stacked'
      ? {
          type: 'bar' as const,
          name,
          stack: 'all',
          data: [...values],
          itemStyle: { color: colour },
          barCategoryGap: '20%',
          barMaxWidth: 32,
          emphasis: { disabled: true },
        }
      : {
          type: 'line' as const,
          name,
          data: [...values],
          itemStyle: { color: colour },
          lineStyle: { color: colour, width: 2, type: line },
          symbol: 'circle',
          symbolSize: 5,
          showSymbol: values.length <= 100,
          triggerLineEvent: true,
          emphasis: { disabled: true },
        },
  ),
})

const told = (
  given: { dataIndex: number }[],
  labels: ChartModel['labels'],
  series: readonly Series[],
): string => {
  const index = given[0]?.dataIndex ?? 0
  const lines = series
    .map(({ name, values }) => ({ name, value: values[index] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ name, value }) => `${name}: ${value.toLocaleString('en')}`)
  return [labels[index]?.whole ?? '', ...(lines.length > 0 ? lines : ['Nothing'])].join('\n')
}
