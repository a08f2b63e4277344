"""What each part of a PDF may hold: the keys that are needed to draw and to use it. Every other key goes.

A part is known by the way that leads to it from the root, never by what it says of itself. In a shape, `Key` keeps a
name, a number or a list of these; `Key:leaf` keeps what passes that test; `Key:role` keeps a part, which is then held
to the shape of its role; `*` stands for every other key.
"""

from collections.abc import Iterable, Mapping

AUTHOR, DETAILS, FILES, PREVIEW, SCRIPTS, TIME = "author", "details", "files", "preview", "scripts", "time"
CODES: Mapping[str, str] = {
    "/OpenAction": SCRIPTS, "/AA": SCRIPTS, "/JS": SCRIPTS, "/A": SCRIPTS, "/PA": SCRIPTS, "/Next": SCRIPTS,
    "/JavaScript": SCRIPTS, "/XFA": SCRIPTS, "/AF": FILES, "/EF": FILES, "/EmbeddedFiles": FILES, "/Collection": FILES,
    "/Ref": FILES, "/F": FILES, "/FFilter": FILES, "/FDecodeParms": FILES, "/FS": FILES, "/Perms": AUTHOR,
    "/DSS": AUTHOR, "/V": AUTHOR, "/T": AUTHOR, "/Author": AUTHOR, "/Creator": AUTHOR, "/Usage": AUTHOR, "/M": TIME,
    "/CreationDate": TIME, "/ModDate": TIME, "/LastModified": TIME, "/Thumb": PREVIEW,
}  # fmt: skip
"""What somebody is told when a key goes; `details` for the others."""

_STREAM = "Length Filter:name DecodeParms:parameters "
_NOTE = (
    "Type Subtype Rect Contents:text P:page F AP:appearance AS:name Border C StructParent OC:layer Dest:dest A:action "
    "H QuadPoints InkList L Vertices LE IC BE:border BS:border CL LL LLE LLO Cap CO CP IT RD DA:letters Q Open CA ca "
    "BM Rotate Name:icon_name MK:icon Popup:annotation Parent:annotation IRT:annotation RT Sy "
)
_SHAPES: Mapping[str, str] = {
    "root": "Type Version Pages:pages PageLabels:labels Names:names Dests:dests ViewerPreferences:preferences "
    "PageLayout PageMode Outlines:outline AcroForm:forms StructTreeRoot:structure MarkInfo:marking Lang:language "
    "OCProperties:layers OutputIntents:intent",
    "intent": "Type S DestOutputProfile:profile",
    "pages": "Type Parent:pages Kids:pages Count Resources:resources MediaBox CropBox BleedBox TrimBox ArtBox "
    "Contents:drawing Rotate Group:group Annots:annotation Tabs StructParents UserUnit",
    "labels": "Nums:labels Kids:labels Limits S St P:text Type",
    "names": "Dests:dest",
    "dests": "*:dest",
    "dest": "Kids:dest Names:dest Limits:text D:dest",
    "preferences": "HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow NonFullScreenPageMode Direction "
    "ViewArea ViewClip PrintArea PrintClip PrintScaling Duplex PickTrayByPDFSize PrintPageRange NumCopies",
    "outline": "Type Title:text Parent:outline Prev:outline Next:outline First:outline Last:outline Count Dest:dest "
    "A:action C F",
    "action": "Type S D:dest URI:address N Next:action",
    "forms": "Fields:field NeedAppearances DR:resources DA:letters Q",
    "field": _NOTE + "Parent:field Kids:field FT T:text V:text DV:text Opt:text Ff MaxLen TI I DR:resources",
    "note": _NOTE,
    "border": "Type W S D I",
    "icon": "R BC BG CA:text RC:text AC:text I:form RI:form IX:form IF:fit TP",
    "fit": "SW S A FB",
    "appearance": "N:states R:states D:states",
    "states": "*:form",
    "marking": "Marked UserProperties Suspects",
    "structure": "Type S:name P:structure K:structure Pg:page A:attributes Alt:text ActualText:text E:text "
    "Lang:language MCID Stm:form Obj:object ParentTree:structure ParentTreeNextKey Nums:structure Kids:structure "
    "Limits",
    "attributes": "O ListNumbering RowSpan ColSpan Scope Placement WritingMode SpaceBefore SpaceAfter StartIndent "
    "EndIndent TextIndent TextAlign BBox Width Height BlockAlign InlineAlign LineHeight BaselineShift "
    "TextDecorationType BackgroundColor BorderColor BorderStyle BorderThickness Color Padding TBorderStyle TPadding "
    "GlyphOrientationVertical ColumnCount ColumnGap ColumnWidths Role checked",
    "layers": "OCGs:layer D:arrangement",
    "arrangement": "BaseState ON:layer OFF:layer Order:layer Intent ListMode RBGroups:layer Locked:layer",
    "layer": "Type Name:text Intent OCGs:layer P VE:layer",
    "marked": "MCID Type Subtype Attached BBox",
    "resources": "ExtGState:states_of_drawing ColorSpace:colours Pattern:patterns Shading:shadings XObject:objects "
    "Font:fonts ProcSet Properties:properties",
    "states_of_drawing": "*:state",
    "colours": "*:colour",
    "patterns": "*:pattern",
    "shadings": "*:shading",
    "objects": "*:drawn",
    "fonts": "*:font",
    "properties": "*:property",
    "state": "Type LW LC LJ ML D RI OP op OPM Font:font BG:function BG2:function UCR:function UCR2:function "
    "TR:function TR2:function FL SM SA BM SMask:mask CA ca AIS TK UseBlackPtComp",
    "mask": "Type S G:form BC TR:function",
    "colour": "",
    "calibration": "WhitePoint BlackPoint Gamma Matrix Range",
    "inks": "Subtype Colorants:colours Process:process",
    "process": "ColorSpace:colour Components:name",
    "profile": _STREAM + "N Alternate:colour Range",
    "lookup": _STREAM,
    "function": _STREAM + "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions:function "
    "Bounds",
    "pattern": _STREAM + "Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix "
    "Shading:shading ExtGState:state",
    "shading": _STREAM + "ShadingType ColorSpace:colour Background BBox AntiAlias Coords Domain Extend "
    "Function:function Matrix BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
    "drawing": _STREAM,
    "form": _STREAM + "Type Subtype FormType BBox Matrix Resources:resources Group:group StructParent StructParents "
    "OC:layer",
    "image": _STREAM + "Type Subtype Width Height ColorSpace:colour BitsPerComponent Intent ImageMask Mask:image "
    "Decode Interpolate SMask:image SMaskInData Matte OC:layer StructParent",
    "parameters": "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock "
    "BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals:data",
    "data": _STREAM + "Type Subtype Length1 Length2 Length3",
    "group": "Type S CS:colour I K",
    "font": "Type Subtype BaseFont:name FirstChar LastChar Widths FontDescriptor:descriptor Encoding:encoding "
    "ToUnicode:encoding FontBBox FontMatrix CharProcs:glyphs Resources:resources DescendantFonts:font "
    "CIDSystemInfo:collection DW W DW2 W2 CIDToGIDMap:data",
    "descriptor": "Type FontName:name FontFamily:text FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent "
    "Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile:data FontFile2:data FontFile3:data "
    "Style:style CIDSet:data",
    "style": "Panose:text",
    "encoding": _STREAM + "Type BaseEncoding Differences:name CMapName:name CIDSystemInfo:collection WMode "
    "UseCMap:encoding",
    "collection": "Registry:text Ordering:text Supplement",
    "glyphs": "*:form",
}  # fmt: skip
DRAWINGS = frozenset({"drawing", "form", "pattern"})
"""The roles whose streams draw."""
SPACES: Mapping[str, Mapping[int, str]] = {
    "/ICCBased": {1: "profile"}, "/CalGray": {1: "calibration"}, "/CalRGB": {1: "calibration"},
    "/Lab": {1: "calibration"}, "/Indexed": {1: "colour", 2: "", 3: "lookup"}, "/I": {1: "colour", 2: "", 3: "lookup"},
    "/Separation": {1: "name", 2: "colour", 3: "function"}, "/Pattern": {1: "colour"},
    "/DeviceN": {1: "name", 2: "colour", 3: "function", 4: "inks"},
    "/DeviceGray": {}, "/DeviceRGB": {}, "/DeviceCMYK": {}, "/G": {}, "/RGB": {}, "/CMYK": {},
}  # fmt: skip
"""What a colour space that is a list holds at which place."""
WITH_TEXT = frozenset({"dest"})
"""The roles that may be a text instead of a part."""
WITH_NAMES = frozenset({"dest", "encoding", "colour"})
"""The roles that may be any name instead of a part."""
STREAMS = frozenset({"drawing", "drawn", "form", "image", "data", "profile", "lookup"})
"""The roles whose parts are streams, and never only a list of keys."""
_STRUCTURE = (
    "Document DocumentFragment Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private Aside Title "
    "FENote Sub P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference "
    "BibEntry Code Link Annot Em Strong Ruby Warichu RB RT RP WT WP Figure Formula Form Artifact StructTreeRoot"
)
STRUCTURE_NAMES = frozenset(f"/{name}" for name in _STRUCTURE.split())


def _read(shapes: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    return {role: dict(_entries(shape.split())) for role, shape in shapes.items()}


def _entries(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        key, _, role = word.partition(":")
        yield key if key == "*" else f"/{key}", role


SHAPES = _read(_SHAPES)
"""For each role its keys, and for each key the leaf or the role of its value; "" for a plain value."""
